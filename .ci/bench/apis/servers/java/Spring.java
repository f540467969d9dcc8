// Spring MVC on Jetty: Spring PORT. Its errors are as Spring Boot's default: a status, a word and a path; /v1 says what was rejected.
import java.math.BigDecimal;
import java.util.*;
import javax.servlet.http.*;
import com.fasterxml.jackson.databind.*;
import com.fasterxml.jackson.annotation.*;
import org.eclipse.jetty.server.*;
import org.eclipse.jetty.servlet.*;
import org.springframework.http.*;
import org.springframework.http.converter.*;
import org.springframework.http.converter.json.*;
import org.springframework.web.*;
import org.springframework.web.bind.*;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.context.support.*;
import org.springframework.web.servlet.*;
import org.springframework.web.servlet.mvc.method.annotation.*;

public class Spring {
  public enum Status { DRAFT, OPEN, CLOSED }
  public static class Line { @JsonProperty(required = true) public int account; public BigDecimal amount; public String text; public boolean debit; }
  public static class Entry {
    public UUID ledger; public Status status; @JsonFormat(pattern = "yyyy-MM-dd") public Date booked; public List<Line> lines; public Long document; public Map<String, Integer> tags;
  }
  @RestController public static class Books {
    @PostMapping(value = {"/v1/entries", "/v2/entries"}, consumes = "application/json", produces = "application/json") public ResponseEntity<?> add(@RequestBody Entry e) { return ResponseEntity.status(201).body(Collections.singletonMap("entry", 71)); }
    @GetMapping(value = {"/v1/entries", "/v2/entries"}, produces = "application/json") public Object find(@RequestParam int year, @RequestParam(required = false) Status status, @RequestParam(defaultValue = "20") int size, @RequestHeader("X-Company") long company) { return Collections.singletonList(71); }
    @GetMapping(value = {"/v1/entries/{id}", "/v2/entries/{id}"}, produces = "application/json") public Object one(@PathVariable int id) { return Collections.singletonMap("entry", id); }
  }
  @ControllerAdvice public static class Errors {
    ResponseEntity<?> say(int s, Exception e, HttpServletRequest r) {
      Map<String, Object> m = new LinkedHashMap<>();
      m.put("timestamp", java.time.Instant.now().toString()); m.put("status", s); m.put("error", HttpStatus.valueOf(s).getReasonPhrase());
      if (r.getRequestURI().startsWith("/v1")) { m.put("exception", e.getClass().getName()); m.put("message", e.getMessage()); }
      m.put("path", r.getRequestURI());
      return ResponseEntity.status(s).contentType(MediaType.APPLICATION_JSON).body(m);
    }
    @ExceptionHandler({HttpMessageNotReadableException.class, ServletRequestBindingException.class, org.springframework.beans.TypeMismatchException.class, MissingServletRequestParameterException.class}) public ResponseEntity<?> bad(Exception e, HttpServletRequest r) { return say(400, e, r); }
    @ExceptionHandler(HttpMediaTypeNotSupportedException.class) public ResponseEntity<?> media(Exception e, HttpServletRequest r) { return say(415, e, r); }
    @ExceptionHandler(HttpMediaTypeNotAcceptableException.class) public void accept(HttpServletResponse w) { w.setStatus(406); }
    @ExceptionHandler(HttpRequestMethodNotSupportedException.class) public ResponseEntity<?> method(HttpRequestMethodNotSupportedException e, HttpServletRequest r) { return say(405, e, r); }
  }
  /** The beans by hand: the enhancer of Debian's Spring does not run with its ASM. */
  static DispatcherServlet dispatcher() {
    ObjectMapper m = new ObjectMapper(); // as Spring Boot sets it: unknown members are let through
    m.configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    m.configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true);
    List<HttpMessageConverter<?>> json = Collections.singletonList(new MappingJackson2HttpMessageConverter(m));
    GenericWebApplicationContext ctx = new GenericWebApplicationContext();
    org.springframework.beans.factory.config.ConfigurableListableBeanFactory beans = ctx.getBeanFactory();
    beans.registerSingleton("books", new Books());
    beans.registerSingleton("errors", new Errors());
    RequestMappingHandlerMapping mapping = new RequestMappingHandlerMapping();
    RequestMappingHandlerAdapter adapter = new RequestMappingHandlerAdapter();
    ExceptionHandlerExceptionResolver errors = new ExceptionHandlerExceptionResolver();
    org.springframework.web.bind.support.ConfigurableWebBindingInitializer binding = new org.springframework.web.bind.support.ConfigurableWebBindingInitializer();
    binding.setConversionService(new org.springframework.format.support.DefaultFormattingConversionService());
    adapter.setWebBindingInitializer(binding);
    adapter.setMessageConverters(new ArrayList<>(json));
    errors.setMessageConverters(new ArrayList<>(json));
    ctx.refresh();
    mapping.setApplicationContext(ctx); mapping.afterPropertiesSet();
    adapter.setApplicationContext(ctx); adapter.setBeanFactory(beans); adapter.afterPropertiesSet();
    errors.setApplicationContext(ctx); errors.afterPropertiesSet();
    beans.registerSingleton("mapping", mapping);
    beans.registerSingleton("adapter", adapter);
    beans.registerSingleton("resolver", errors);
    return new DispatcherServlet(ctx);
  }
  public static void main(String[] args) throws Exception {
    Server s = new Server(new java.net.InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])));
    ServletContextHandler h = new ServletContextHandler();
    h.addServlet(new ServletHolder(dispatcher()), "/*");
    s.setHandler(h); s.start(); s.join();
  }
}
