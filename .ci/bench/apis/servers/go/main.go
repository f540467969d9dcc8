// The servers of Go in one process: bench PORTS ORY.json.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"mime"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/go-playground/locales/de"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/pt_BR"
	"github.com/go-playground/locales/zh"
	ut "github.com/go-playground/universal-translator"
	"github.com/go-playground/validator/v10"
	detr "github.com/go-playground/validator/v10/translations/de"
	estr "github.com/go-playground/validator/v10/translations/es"
	frtr "github.com/go-playground/validator/v10/translations/fr"
	pttr "github.com/go-playground/validator/v10/translations/pt_BR"
	zhtr "github.com/go-playground/validator/v10/translations/zh"
	"github.com/gorilla/schema"
	"github.com/graph-gophers/graphql-go"
	"github.com/graph-gophers/graphql-go/relay"
	"github.com/kataras/iris/v12"
	nethttpmiddleware "github.com/oapi-codegen/nethttp-middleware"
	"reflect"
)

var ports map[string]int

func serve(name string, h http.Handler) {
	go func() { log.Fatal(http.ListenAndServe(fmt.Sprintf("127.0.0.1:%d", ports[name]), h)) }()
}

func reply(w http.ResponseWriter, code int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	json.NewEncoder(w).Encode(v)
}

func main() {
	must(json.Unmarshal([]byte(os.Args[1]), &ports))
	ory(os.Args[2])
	translated()
	forms()
	stars()
	titles()
	irises()
	select {}
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// ory is oapi-codegen's middleware on Ory's document.
func ory(file string) {
	doc, err := openapi3.NewLoader().LoadFromFile(file)
	must(err)
	doc.Servers = nil
	opts := &nethttpmiddleware.Options{SilenceServersWarning: true, Options: openapi3filter.Options{AuthenticationFunc: func(_ context.Context, in *openapi3filter.AuthenticationInput) error {
		if !strings.HasPrefix(in.RequestValidationInput.Request.Header.Get("Authorization"), "Bearer ory_pat_") {
			return errors.New("bad token")
		}
		return nil
	}}}
	serve("ory", nethttpmiddleware.OapiRequestValidatorWithOptions(doc, opts)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reply(w, 200, map[string]any{"id": "9f425a8d-7efc-4768-8f23-7647a74fdf13"})
	})))
}

// translated is encoding/json and the validator with its own translations, as many a service of net/http is.
func translated() {
	type contact struct {
		Email string `json:"email" validate:"required,email"`
		Phone string `json:"phone" validate:"omitempty,e164"`
	}
	type room struct {
		Kind   string `json:"kind" validate:"required,oneof=single double suite"`
		Guests int    `json:"guests" validate:"required,min=1,max=4"`
	}
	type stay struct {
		Property string  `json:"property" validate:"required,len=6,alphanum"`
		Arrival  string  `json:"arrival" validate:"required,datetime=2006-01-02"`
		Nights   int     `json:"nights" validate:"required,gte=1,lte=30"`
		Rooms    []room  `json:"rooms" validate:"required,min=1,dive"`
		Contact  contact `json:"contact" validate:"required"`
		Site     string  `json:"site" validate:"omitempty,url"`
		Late     bool    `json:"late"`
	}
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string { return strings.Split(f.Tag.Get("json"), ",")[0] })
	uni := ut.New(de.New(), de.New(), es.New(), fr.New(), pt_BR.New(), zh.New())
	for lang, reg := range map[string]func(*validator.Validate, ut.Translator) error{"de": detr.RegisterDefaultTranslations, "es": estr.RegisterDefaultTranslations, "fr": frtr.RegisterDefaultTranslations, "pt_BR": pttr.RegisterDefaultTranslations, "zh": zhtr.RegisterDefaultTranslations} {
		tr, _ := uni.GetTranslator(lang)
		must(reg(v, tr))
	}
	serve("pousada", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lang := "de"
		for _, l := range []string{"es", "fr", "pt_BR", "zh"} {
			if strings.HasPrefix(r.Header.Get("Accept-Language"), strings.ReplaceAll(l, "_", "-")) {
				lang = l
			}
		}
		tr, _ := uni.GetTranslator(lang)
		if r.URL.Path != "/v2/stays" {
			reply(w, 404, map[string]any{"code": "E404"})
			return
		}
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", "POST")
			reply(w, 405, map[string]any{"code": "E405"})
			return
		}
		if t, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); t != "application/json" {
			reply(w, 415, map[string]any{"code": "E415"})
			return
		}
		var s stay
		dec := json.NewDecoder(r.Body)
		dec.DisallowUnknownFields()
		if err := dec.Decode(&s); err != nil {
			reply(w, 400, map[string]any{"code": "E400", "detail": err.Error()})
			return
		}
		var bad validator.ValidationErrors
		if errors.As(v.Struct(s), &bad) {
			out := map[string]string{}
			for _, e := range bad {
				_, path, _ := strings.Cut(e.Namespace(), ".")
				out[path] = e.Translate(tr)
			}
			reply(w, 422, map[string]any{"code": "E422", "errors": out})
			return
		}
		reply(w, 201, map[string]any{"stay": 12})
	}))
}

// forms is gorilla/schema on a form and on a query.
func forms() {
	type order struct {
		Name    string    `schema:"name,required"`
		Size    int       `schema:"size,required"`
		Price   float64   `schema:"price"`
		Gift    bool      `schema:"gift"`
		Deliver time.Time `schema:"-"`
		Address struct {
			Zip  uint32 `schema:"zip,required"`
			City string `schema:"city,required"`
		} `schema:"address"`
		Items []struct {
			SKU string `schema:"sku,required"`
			Qty int    `schema:"qty"`
		} `schema:"items"`
	}
	type find struct {
		Min  float64 `schema:"min"`
		Max  float64 `schema:"max"`
		Page int     `schema:"page"`
		Sale bool    `schema:"sale"`
	}
	dec := schema.NewDecoder()
	mux := http.NewServeMux()
	mux.HandleFunc("POST /orders", func(w http.ResponseWriter, r *http.Request) {
		var o order
		if err := r.ParseForm(); err != nil {
			http.Error(w, err.Error(), 400)
			return
		}
		if err := dec.Decode(&o, r.PostForm); err != nil {
			http.Error(w, err.Error(), 400)
			return
		}
		reply(w, 201, map[string]any{"order": 1})
	})
	mux.HandleFunc("GET /shoes", func(w http.ResponseWriter, r *http.Request) {
		var f find
		if err := dec.Decode(&f, r.URL.Query()); err != nil {
			http.Error(w, err.Error(), 400)
			return
		}
		reply(w, 200, []string{"boot"})
	})
	serve("shoes", mux)
}

type astro struct{}
type star struct{}

func (*astro) Stars(struct {
	Spectral *string
	First    *int32
}) []*star {
	return []*star{{}}
}
func (*astro) Observe(struct{ Input sighting }) *star { return &star{} }
func (*star) ID() graphql.ID                          { return "1" }
func (*star) Name() string                            { return "Vega" }
func (*star) Magnitude() float64                      { return 0.03 }

type sighting struct {
	Star    graphql.ID
	Seen    string
	Seconds int32
	Bands   *[]string
}

// stars is GraphQL by graph-gophers.
func stars() {
	s := graphql.MustParseSchema(`schema { query: Query mutation: Mutation } enum Spectral { O B A F G K M } input Sighting { star: ID! seen: String! seconds: Int! bands: [String!] }
type Query { stars(spectral: Spectral, first: Int): [Star!]! } type Mutation { observe(input: Sighting!): Star! } type Star { id: ID! name: String! magnitude: Float! }`, &astro{})
	mux := http.NewServeMux()
	mux.Handle("/query", &relay.Handler{Schema: s})
	serve("stars", mux)
}

type problem struct {
	Status int    `json:"status"`
	Title  string `json:"title"`
	Type   string `json:"type"`
}

func (p *problem) Error() string             { return p.Title }
func (p *problem) GetStatus() int            { return p.Status }
func (p *problem) ContentType(string) string { return "application/problem+json" }

// titles is huma whose errors have no more than a title (RFC 9457).
func titles() {
	huma.NewError = func(status int, _ string, _ ...error) huma.StatusError {
		return &problem{status, http.StatusText(status), "about:blank"}
	}
	mux := http.NewServeMux()
	api := humago.New(mux, huma.DefaultConfig("Meters", "1.0.0"))
	type reading struct {
		Body struct {
			Meter    string    `json:"meter" pattern:"^[0-9]{8}$"`
			At       time.Time `json:"at"`
			KWh      float64   `json:"kwh" minimum:"0"`
			Tariff   string    `json:"tariff" enum:"day,night,peak"`
			Photo    string    `json:"photo,omitempty" format:"uri"`
			Phases   []int     `json:"phases" minItems:"1" maxItems:"3"`
			Estimate bool      `json:"estimate,omitempty"`
		}
	}
	type query struct {
		Site  string `query:"site" format:"uuid" required:"true"`
		From  string `query:"from" format:"date"`
		Limit int    `query:"limit" minimum:"1" maximum:"500"`
		Zone  string `header:"X-Zone" enum:"eu,us" required:"true"`
	}
	type out struct{ Body map[string]any }
	huma.Post(api, "/readings", func(context.Context, *reading) (*out, error) { return &out{map[string]any{"id": 1}}, nil })
	huma.Get(api, "/readings", func(context.Context, *query) (*out, error) { return &out{map[string]any{"items": []int{1}}}, nil })
	serve("meters", mux)
}

// irises is Iris with its readers of JSON, queries and paths.
func irises() {
	type track struct {
		Parcel string   `json:"parcel" validate:"required,len=10"`
		Status string   `json:"status" validate:"oneof=packed sent delivered"`
		Grams  int      `json:"grams" validate:"gt=0"`
		Stops  []string `json:"stops"`
	}
	app := iris.New()
	app.Logger().SetLevel("disable")
	app.Validator = validator.New()
	app.Post("/tracks", func(ctx iris.Context) {
		var t track
		if err := ctx.ReadJSON(&t, iris.JSONReader{DisallowUnknownFields: true}); err != nil {
			ctx.StopWithProblem(400, iris.NewProblem().Title("Validation error").DetailErr(err))
			return
		}
		ctx.StatusCode(201)
		ctx.JSON(iris.Map{"id": 5})
	})
	app.Get("/tracks/{id:uint64}", func(ctx iris.Context) { ctx.JSON(iris.Map{"id": ctx.Params().GetUint64Default("id", 0)}) })
	app.Get("/tracks", func(ctx iris.Context) {
		var q struct {
			Since int64 `url:"since,required"`
			Page  int   `url:"page"`
		}
		if err := ctx.ReadQuery(&q); err != nil {
			ctx.StopWithError(400, err)
			return
		}
		ctx.JSON([]int{5})
	})
	must(app.Build())
	serve("tracks", app)
}
