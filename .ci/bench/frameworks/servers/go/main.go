// Servers of Go's frameworks in one process: bench '{"gin":PORT,…}'.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"sync/atomic"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/go-playground/validator/v10"
	"github.com/gofiber/fiber/v2"
	"github.com/labstack/echo/v4"
)

var ids atomic.Int64

func main() {
	ports := map[string]int{}
	if err := json.Unmarshal([]byte(os.Args[1]), &ports); err != nil {
		panic(err)
	}
	at := func(name string) string { return fmt.Sprintf("127.0.0.1:%d", ports[name]) }
	go http.ListenAndServe(at("gin"), ginServer())
	go echoServer().Start(at("echo"))
	go fiberServer().Listen(at("fiber"))
	go http.ListenAndServe(at("chi"), chiServer())
	go http.ListenAndServe(at("huma"), humaServer())
	http.ListenAndServe(at("kin"), kinServer(os.Args[2]))
}

// ---- gin: binding tags, messages as they come

type ginItem struct {
	SKU      string  `json:"sku" binding:"required,alphanum"`
	Quantity int     `json:"quantity" binding:"required,gte=1"`
	Price    float64 `json:"price" binding:"gt=0"`
}

type ginOrder struct {
	CustomerEmail string    `json:"customer_email" binding:"required,email"`
	Currency      string    `json:"currency" binding:"required,oneof=EUR USD GBP"`
	DeliverOn     string    `json:"deliver_on" binding:"required,datetime=2006-01-02"`
	Express       bool      `json:"express"`
	Items         []ginItem `json:"items" binding:"required,dive"`
}

func ginServer() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	auth := r.Group("/api", func(c *gin.Context) {
		if c.GetHeader("Authorization") != "Bearer gin-77aa12" {
			c.AbortWithStatusJSON(401, gin.H{"error": "unauthorized"})
		}
	})
	auth.POST("/orders", func(c *gin.Context) {
		var o ginOrder
		if err := c.ShouldBindJSON(&o); err != nil {
			c.JSON(400, gin.H{"error": err.Error()})
			return
		}
		c.JSON(201, gin.H{"id": ids.Add(1)})
	})
	auth.GET("/orders", func(c *gin.Context) {
		var q struct {
			Page  int    `form:"page" binding:"required,min=1"`
			State string `form:"state" binding:"omitempty,oneof=open closed"`
		}
		if err := c.ShouldBindQuery(&q); err != nil {
			c.JSON(400, gin.H{"error": err.Error()})
			return
		}
		c.JSON(200, gin.H{"orders": []int{}})
	})
	return r
}

// ---- echo with go-playground/validator

type echoValidator struct{ v *validator.Validate }

func (e echoValidator) Validate(i any) error {
	if err := e.v.Struct(i); err != nil {
		return echo.NewHTTPError(http.StatusBadRequest, err.Error())
	}
	return nil
}

func echoServer() *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.Validator = echoValidator{validator.New()}
	e.POST("/playlists", func(c echo.Context) error {
		var p struct {
			Title  string `json:"title" validate:"required,max=30"`
			Public bool   `json:"public"`
			Tracks []struct {
				ISRC    string `json:"isrc" validate:"required,len=12"`
				Seconds int    `json:"seconds" validate:"min=1"`
			} `json:"tracks" validate:"required,dive"`
			Cover string `json:"cover" validate:"omitempty,url"`
		}
		if err := c.Bind(&p); err != nil {
			return err
		}
		if err := c.Validate(&p); err != nil {
			return err
		}
		return c.JSON(201, map[string]int64{"id": ids.Add(1)})
	})
	e.GET("/playlists/:id", func(c echo.Context) error {
		var q struct {
			ID    int `param:"id"`
			Limit int `query:"limit"`
		}
		if err := c.Bind(&q); err != nil {
			return err
		}
		return c.JSON(200, q)
	})
	return e
}

// ---- fiber: BodyParser, then one word

func fiberServer() *fiber.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	v := validator.New()
	app.Post("/devices", func(c *fiber.Ctx) error {
		var d struct {
			Serial   string            `json:"serial" form:"serial" validate:"required,hexadecimal,len=8"`
			Mac      string            `json:"mac" validate:"required,mac"`
			Firmware string            `json:"firmware" validate:"required,semver"`
			Interval int               `json:"interval" validate:"min=10,max=3600"`
			Labels   map[string]string `json:"labels"`
			Enabled  bool              `json:"enabled"`
		}
		if err := c.BodyParser(&d); err != nil {
			return fiber.NewError(fiber.StatusBadRequest, err.Error())
		}
		if err := v.Struct(d); err != nil {
			return fiber.ErrUnprocessableEntity
		}
		return c.Status(201).JSON(fiber.Map{"id": ids.Add(1)})
	})
	return app
}

// ---- chi and encoding/json, unknown fields refused

func chiServer() http.Handler {
	r := chi.NewRouter()
	r.Post("/v1/webhooks", func(w http.ResponseWriter, req *http.Request) {
		var h struct {
			URL     string   `json:"url"`
			Events  []string `json:"events"`
			Secret  string   `json:"secret"`
			Retries int      `json:"retries"`
			Active  bool     `json:"active"`
			Filter  struct {
				Branch string `json:"branch"`
				Depth  int    `json:"depth"`
			} `json:"filter"`
		}
		d := json.NewDecoder(req.Body)
		d.DisallowUnknownFields()
		if err := d.Decode(&h); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		known := map[string]bool{"push": true, "release": true, "issue": true}
		for _, e := range h.Events {
			if !known[e] {
				http.Error(w, http.StatusText(422), 422)
				return
			}
		}
		if len(h.Secret) < 8 || h.Retries > 5 {
			http.Error(w, http.StatusText(422), 422)
			return
		}
		w.WriteHeader(201)
		fmt.Fprintf(w, `{"id":%d}`, ids.Add(1))
	})
	r.Get("/v1/webhooks/{id:[0-9]+}", func(w http.ResponseWriter, req *http.Request) { fmt.Fprint(w, `{"id":1}`) })
	return r
}

// ---- huma: problem+json from struct tags

type humaInput struct {
	Tenant string `header:"X-Tenant" required:"true" minLength:"3"`
	Notify bool   `query:"notify"`
	Body   struct {
		Name    string   `json:"name" maxLength:"20"`
		Cron    string   `json:"cron" pattern:"^(\\S+ ){4}\\S+$"`
		Email   string   `json:"email" format:"email"`
		Level   string   `json:"level" enum:"info,warning,critical"`
		Minutes int      `json:"minutes" minimum:"1" maximum:"1440"`
		Targets []target `json:"targets" minItems:"1"`
	}
}

type target struct {
	Host string `json:"host" format:"hostname"`
	Port int    `json:"port" maximum:"65535"`
}

type humaOutput struct {
	Body struct {
		ID int64 `json:"id"`
	}
}

func humaServer() http.Handler {
	mux := http.NewServeMux()
	api := humago.New(mux, huma.DefaultConfig("Alerts", "1.0.0"))
	huma.Post(api, "/alerts", func(context.Context, *humaInput) (*humaOutput, error) {
		o := &humaOutput{}
		o.Body.ID = ids.Add(1)
		return o, nil
	})
	huma.Get(api, "/alerts", func(context.Context, *struct {
		Limit int    `query:"limit" minimum:"1" maximum:"100"`
		Since string `query:"since" format:"date-time"`
		Level string `query:"level" enum:"info,warning,critical"`
	}) (*humaOutput, error) {
		return &humaOutput{}, nil
	})
	return mux
}

// ---- kin-openapi's filter on a document (Blockfrost's or another), which answers 200 to all that is right

func kinServer(file string) http.Handler {
	doc, err := openapi3.NewLoader().LoadFromFile(file)
	if err != nil {
		panic(err)
	}
	doc.Servers = nil
	for _, p := range doc.Paths.Map() {
		p.Servers = nil
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		panic(err)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		route, params, err := router.FindRoute(req)
		if err != nil {
			http.Error(w, err.Error(), 404)
			return
		}
		in := &openapi3filter.RequestValidationInput{Request: req, PathParams: params, Route: route,
			Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}}
		if err := openapi3filter.ValidateRequest(req.Context(), in); err != nil {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(400)
			json.NewEncoder(w).Encode(map[string]string{"error": err.Error()})
			return
		}
		fmt.Fprint(w, `{"ok":true}`)
	})
}
