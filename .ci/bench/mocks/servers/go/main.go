// Go servers of the bench: main '{"name":port,…}' CLINIC.json DIRECTUS.json.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"

	"buf.build/go/protovalidate"
	"connectrpc.com/connect"
	"github.com/bufbuild/protocompile"
	"github.com/emicklei/go-restful/v3"
	"github.com/go-openapi/loads"
	"github.com/go-openapi/runtime"
	"github.com/go-openapi/runtime/middleware"
	"github.com/go-openapi/runtime/middleware/untyped"
	validation "github.com/go-ozzo/ozzo-validation/v4"
	"github.com/go-ozzo/ozzo-validation/v4/is"
	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/dynamicpb"

	_ "buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func main() {
	ports := map[string]int{}
	if err := json.Unmarshal([]byte(os.Args[1]), &ports); err != nil {
		panic(err)
	}
	for name, h := range map[string]http.Handler{"goopenapi": clinic(os.Args[2]), "libopenapi": directus(os.Args[3]), "connect": rides(), "gorestful": invoices()} {
		go func() { panic(http.ListenAndServe(fmt.Sprintf("127.0.0.1:%d", ports[name]), h)) }()
	}
	select {}
}

// clinic is go-openapi's runtime on a Swagger 2 document.
func clinic(file string) http.Handler {
	doc := must(loads.Spec(file))
	api := untyped.NewAPI(doc).WithJSONDefaults()
	ok := runtime.OperationHandlerFunc(func(any) (any, error) { return map[string]bool{"ok": true}, nil })
	api.RegisterOperation("get", "/appointments", ok)
	api.RegisterOperation("post", "/appointments", ok)
	api.RegisterOperation("post", "/prescriptions", ok)
	return middleware.NewContext(doc, api, nil).APIHandler(nil)
}

// directus is Directus' document behind pb33f's validator.
func directus(file string) http.Handler {
	v, errs := validator.NewValidator(must(libopenapi.NewDocument(must(os.ReadFile(file)))))
	if len(errs) > 0 {
		panic(errs[0])
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		w.Header().Set("Content-Type", "application/json")
		ok, bad := v.ValidateHttpRequestSync(r)
		if ok {
			_, _ = w.Write([]byte(`{"data":{}}`))
			return
		}
		code, out := 400, []map[string]any{}
		for _, e := range bad {
			m := map[string]any{"message": e.Message, "reason": e.Reason}
			for _, s := range e.SchemaValidationErrors {
				m["reason"], m["location"] = s.Reason, s.FieldPath
			}
			if e.IsPathMissingError() {
				code = 404
			}
			if e.IsOperationMissingError() {
				code = 405
			}
			out = append(out, m)
		}
		w.WriteHeader(code)
		_ = json.NewEncoder(w).Encode(map[string]any{"errors": out})
	})
}

const ridesProto = `syntax = "proto3";
package rides.v1;
import "buf/validate/validate.proto";
enum Class { CLASS_UNSPECIFIED = 0; CLASS_ECONOMY = 1; CLASS_COMFORT = 2; CLASS_VAN = 3; }
message Point { double lat = 1 [(buf.validate.field).double = {gte: -90, lte: 90}]; double lon = 2 [(buf.validate.field).double = {gte: -180, lte: 180}]; string address = 3; }
message RequestRideRequest {
  string rider_id = 1 [(buf.validate.field).string.uuid = true];
  Point pickup = 2 [(buf.validate.field).required = true];
  Point dropoff = 3 [(buf.validate.field).required = true];
  int32 seats = 4 [(buf.validate.field).int32 = {gte: 1, lte: 8}];
  Class class = 5 [(buf.validate.field).enum = {defined_only: true, not_in: [0]}];
  repeated string notes = 6 [(buf.validate.field).repeated.max_items = 3];
  bool pooled = 7;
  string promo_code = 8 [(buf.validate.field).string.max_len = 12];
}
message RequestRideResponse { string ride_id = 1; }
service RideService { rpc RequestRide(RequestRideRequest) returns (RequestRideResponse); }
`

// rides is a Connect service whose messages protovalidate checks.
func rides() http.Handler {
	c := protocompile.Compiler{Resolver: protocompile.WithStandardImports(protocompile.CompositeResolver{
		&protocompile.SourceResolver{Accessor: protocompile.SourceAccessorFromMap(map[string]string{"rides.proto": ridesProto})}, registry{}})}
	method := must(c.Compile(context.Background(), "rides.proto"))[0].Services().ByName("RideService").Methods().ByName("RequestRide")
	check := must(protovalidate.New())
	return connect.NewUnaryHandler("/rides.v1.RideService/RequestRide", func(_ context.Context, q *connect.Request[dynamicpb.Message]) (*connect.Response[dynamicpb.Message], error) {
		if err := check.Validate(q.Msg); err != nil {
			return nil, connect.NewError(connect.CodeInvalidArgument, err)
		}
		m := dynamicpb.NewMessage(method.Output())
		m.Set(method.Output().Fields().ByName("ride_id"), protoreflect.ValueOfString("r-1"))
		return connect.NewResponse(m), nil
	}, connect.WithSchema(method), connect.WithRequestInitializer(func(_ connect.Spec, m any) error {
		if d, ok := m.(*dynamicpb.Message); ok {
			*d = *dynamicpb.NewMessage(method.Input())
		}
		return nil
	}))
}

type address struct {
	Street  string `json:"street"`
	City    string `json:"city"`
	Country string `json:"country"`
}

type invoice struct {
	Number   string `json:"number"`
	Issued   string `json:"issued"`
	Due      string `json:"due"`
	Currency string `json:"currency"`
	Customer struct {
		Email   string  `json:"email"`
		VAT     string  `json:"vat_id"`
		Address address `json:"address"`
	} `json:"customer"`
	Lines []struct {
		Text     string  `json:"text"`
		Quantity int     `json:"quantity"`
		Net      float64 `json:"net"`
	} `json:"lines"`
	Paid bool `json:"paid"`
}

// invoices is go-restful with ozzo-validation.
func invoices() http.Handler {
	ws := new(restful.WebService)
	ws.Path("/invoices").Consumes(restful.MIME_JSON).Produces(restful.MIME_JSON)
	ws.Route(ws.POST("").To(func(q *restful.Request, r *restful.Response) {
		var in invoice
		if err := q.ReadEntity(&in); err != nil {
			_ = r.WriteErrorString(http.StatusBadRequest, err.Error())
			return
		}
		c, a := &in.Customer, &in.Customer.Address
		err := validation.Errors{
			"number":           validation.Validate(in.Number, validation.Required, validation.Match(regexp.MustCompile(`^\d{4}-\d{3}$`))),
			"issued":           validation.Validate(in.Issued, validation.Required, validation.Date("2006-01-02")),
			"due":              validation.Validate(in.Due, validation.Date("2006-01-02")),
			"currency":         validation.Validate(in.Currency, validation.Required, is.CurrencyCode),
			"customer.email":   validation.Validate(c.Email, validation.Required, is.Email),
			"customer.address": validation.ValidateStruct(a, validation.Field(&a.Street, validation.Required), validation.Field(&a.City, validation.Required), validation.Field(&a.Country, validation.Required, is.CountryCode2)),
			"lines":            validation.Validate(in.Lines, validation.Required, validation.Length(1, 50)),
		}
		for i, l := range in.Lines {
			err[fmt.Sprintf("lines.%d.quantity", i)] = validation.Validate(l.Quantity, validation.Required, validation.Min(1))
			err[fmt.Sprintf("lines.%d.text", i)] = validation.Validate(l.Text, validation.Required)
		}
		if e := err.Filter(); e != nil {
			_ = r.WriteHeaderAndEntity(http.StatusUnprocessableEntity, e)
			return
		}
		_ = r.WriteHeaderAndEntity(http.StatusCreated, map[string]int{"id": 1})
	}))
	ws.Route(ws.GET("").To(func(q *restful.Request, r *restful.Response) {
		if y := q.QueryParameter("year"); y != "" && !regexp.MustCompile(`^20\d\d$`).MatchString(y) {
			_ = r.WriteErrorString(http.StatusBadRequest, "")
			return
		}
		_ = r.WriteEntity([]string{})
	}))
	c := restful.NewContainer()
	c.Add(ws)
	return c
}

// registry resolves imports by what is linked in: buf/validate and what it imports.
type registry struct{}

func (registry) FindFileByPath(path string) (protocompile.SearchResult, error) {
	d, err := protoregistry.GlobalFiles.FindFileByPath(path)
	return protocompile.SearchResult{Desc: d}, err
}
