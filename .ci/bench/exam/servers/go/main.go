// The servers of the bench that Go runs: claims on fuego, rentals on swaggest/rest, a gateway on Lura. bench PORTS(JSON) LURA.json
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/go-fuego/fuego"
	"github.com/luraproject/lura/v2/config"
	"github.com/luraproject/lura/v2/logging"
	"github.com/luraproject/lura/v2/proxy"
	lura "github.com/luraproject/lura/v2/router/gin"
	"github.com/luraproject/lura/v2/transport/http/server"
	"github.com/swaggest/openapi-go/openapi31"
	"github.com/swaggest/rest/nethttp"
	"github.com/swaggest/rest/web"
	"github.com/swaggest/usecase"
	"github.com/swaggest/usecase/status"
)

type Party struct {
	Name  string `json:"name" validate:"required,max=60"`
	Phone string `json:"phone" validate:"required,e164"`
	Email string `json:"email" validate:"omitempty,email"`
}

type Item struct {
	Description string  `json:"description" validate:"required"`
	Amount      float64 `json:"amount" validate:"gt=0"`
	Bought      string  `json:"bought" validate:"omitempty,datetime=2006-01-02"`
}

// Claim is what a policyholder reports.
type Claim struct {
	Policy     string    `json:"policy" validate:"required,len=10,startswith=HP"`
	Kind       string    `json:"kind" validate:"required,oneof=water fire theft storm"`
	OccurredAt time.Time `json:"occurred_at" validate:"required"`
	ReportedBy Party     `json:"reported_by"`
	Location   struct {
		Street  string  `json:"street" validate:"required"`
		City    string  `json:"city" validate:"required"`
		Country string  `json:"country" validate:"required,iso3166_1_alpha2"`
		Lat     float64 `json:"lat" validate:"latitude"`
		Lon     float64 `json:"lon" validate:"longitude"`
	} `json:"location"`
	Items      []Item   `json:"items" validate:"required,min=1,dive"`
	Deductible int      `json:"deductible" validate:"oneof=0 150 500"`
	Currency   string   `json:"currency" validate:"iso4217"`
	IBAN       string   `json:"iban" validate:"required,min=15,max=34,alphanum"`
	Photos     []string `json:"photos" validate:"dive,url"`
	Police     *struct {
		Station string `json:"station" validate:"required"`
		Number  string `json:"number" validate:"required"`
	} `json:"police"`
	Habitable bool   `json:"habitable"`
	Note      string `json:"note" validate:"max=200"`
}

func claims(port int) error {
	s := fuego.NewServer(fuego.WithAddr(fmt.Sprintf("127.0.0.1:%d", port)), fuego.WithoutLogger(), fuego.WithoutStartupMessages(),
		fuego.WithEngineOptions(fuego.WithOpenAPIConfig(fuego.OpenAPIConfig{DisableLocalSave: true})))
	fuego.Post(s, "/claims", func(c fuego.ContextWithBody[Claim]) (map[string]string, error) {
		if c.Header("X-Region") != "nordic" {
			return nil, fuego.ForbiddenError{Title: "Forbidden", Detail: "not your region"}
		}
		in, err := c.Body()
		if err != nil {
			return nil, err
		}
		if in.Kind == "theft" && in.Police == nil {
			return nil, fuego.BadRequestError{Title: "Bad Request", Detail: "a theft has to be reported to the police first"}
		}
		return map[string]string{"claim": "C-7781"}, nil
	})
	fuego.Get(s, "/claims/{id}", func(c fuego.ContextNoBody) (map[string]string, error) {
		if c.PathParam("id") != "C-7781" {
			return nil, fuego.NotFoundError{Title: "Not Found", Detail: "no claim " + c.PathParam("id")}
		}
		return map[string]string{"claim": "C-7781", "state": "open"}, nil
	})
	return s.Run()
}

type rental struct {
	Tenant  string `header:"X-Fleet" required:"true" enum:"oslo,bergen"`
	Plate   string `json:"plate" required:"true" pattern:"^[A-Z]{2}[0-9]{5}$"`
	Class   string `json:"class" required:"true" enum:"mini,compact,van,truck"`
	Pickup  place  `json:"pickup" required:"true"`
	Return  place  `json:"return" required:"true"`
	Drivers []struct {
		Name    string `json:"name" required:"true" minLength:"2"`
		Licence string `json:"licence" required:"true" minLength:"6" maxLength:"14"`
		Born    int    `json:"born" required:"true" minimum:"1930" maximum:"2008"`
		_       any    `additionalProperties:"false"`
	} `json:"drivers" required:"true" minItems:"1" maxItems:"3"`
	Insurance string   `json:"insurance" enum:"basic,full"`
	Kilometre int      `json:"kilometre_limit" minimum:"0" multipleOf:"50"`
	Deposit   float64  `json:"deposit" required:"true" minimum:"0"`
	Extras    []string `json:"extras" uniqueItems:"true"`
	Voucher   string   `json:"voucher" maxLength:"8"`
	Email     string   `json:"email" required:"true" format:"email"`
	Oneway    bool     `json:"oneway"`
	_         any      `additionalProperties:"false"`
}

type place struct {
	Station string `json:"station" required:"true" minLength:"3" maxLength:"3"`
	At      string `json:"at" required:"true" format:"date-time"`
}

type search struct {
	Class string `query:"class" enum:"mini,compact,van,truck"`
	From  string `query:"from" required:"true" format:"date"`
	Seats int    `query:"seats" minimum:"1" maximum:"9"`
	Page  int    `query:"page" default:"1" minimum:"1"`
	_     any    `query:"_" additionalProperties:"false"`
}

type made struct {
	ID string `json:"id"`
}

func rentals(port int) error {
	s := web.NewService(openapi31.NewReflector())
	post := usecase.NewInteractor(func(_ context.Context, in rental, out *made) error {
		if in.Pickup.Station != in.Return.Station && !in.Oneway {
			return status.Wrap(errors.New("return station differs from pickup, which only a one-way rental may"), status.FailedPrecondition)
		}
		out.ID = "R-118"
		return nil
	})
	post.SetExpectedErrors(status.InvalidArgument, status.FailedPrecondition)
	s.Post("/rentals", post, nethttp.SuccessStatus(http.StatusCreated))
	get := usecase.NewInteractor(func(_ context.Context, in search, out *[]made) error { *out = []made{}; return nil })
	s.Get("/vehicles", get)
	return http.ListenAndServe(fmt.Sprintf("127.0.0.1:%d", port), s)
}

func gateway(port int, file string) error {
	parser := config.NewParser()
	cfg, err := parser.Parse(file)
	if err != nil {
		return err
	}
	cfg.Port = port
	quiet, _ := logging.NewLogger("CRITICAL", os.Stderr, "")
	r := lura.DefaultFactory(proxy.DefaultFactory(quiet), quiet).NewWithContext(context.Background())
	_ = server.RunServer
	r.Run(cfg)
	return nil
}

func main() {
	ports := map[string]int{}
	if err := json.Unmarshal([]byte(os.Args[1]), &ports); err != nil {
		log.Fatal(err)
	}
	go func() { log.Println(claims(ports["fuego"])) }()
	go func() { log.Println(rentals(ports["swaggest"])) }()
	log.Println(gateway(ports["lura"], os.Args[2]))
	select {}
}
