import com.fasterxml.jackson.databind.*;
import com.fasterxml.jackson.databind.exc.*;
import jakarta.servlet.http.*;
import java.io.*;
import java.math.BigDecimal;
import java.util.*;
import javax.validation.*;
import javax.validation.constraints.*;
import org.apache.catalina.startup.Tomcat;

/** Tomcat with Jackson and Hibernate Validator: /policies tells, /claims answers with Tomcat's own page, GET /quotes reads parameters. */
public class Bench {
    public enum Cover { BASIC, PLUS, FULL }
    public static class Person { @NotNull @Size(min = 1, max = 50) public String name; @NotNull @Past public Date born; @Pattern(regexp = "[^@ ]+@[^@ ]+\\.[a-z]+") public String email; }
    public static class Car { @NotNull @Size(min = 17, max = 17) public String vin; @Min(1950) public int year; @NotNull @DecimalMin("0") public BigDecimal value; public boolean garage; }
    public static class Policy { @NotNull @Valid public Person holder; @NotNull @Valid @Size(min = 1) public List<Car> cars; @NotNull public Cover cover; @Min(0) @Max(5000) public Integer deductible; public UUID agent; }
    public static class Claim { @NotNull public UUID policy; @NotNull public java.time.DayOfWeek reportedOn; @NotNull @Min(1) public Integer damageCents; public List<String> photos; @NotNull @Size(min = 10) public String story; public boolean police; }
    static final ObjectMapper json = new ObjectMapper();
    static final Validator validator = Validation.byDefaultProvider().configure().messageInterpolator(new org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator()).buildValidatorFactory().getValidator();

    static class Api extends HttpServlet {
        <T> void take(HttpServletRequest q, HttpServletResponse r, Class<T> type, boolean tells) throws IOException {
            String ct = q.getContentType();
            if (ct == null || !ct.startsWith("application/json")) { r.sendError(415); return; }
            try {
                Set<ConstraintViolation<T>> bad = validator.validate(json.readValue(q.getInputStream(), type));
                if (bad.isEmpty()) { r.setStatus(201); r.setContentType("application/json"); r.getWriter().write("{\"id\":1}"); return; }
                if (!tells) { r.sendError(400); return; }
                List<Map<String, String>> errors = new ArrayList<>();
                for (ConstraintViolation<T> v : bad) errors.add(Map.of("field", v.getPropertyPath().toString(), "message", v.getMessage()));
                say(r, 400, Map.of("status", 400, "error", "Bad Request", "errors", errors));
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                if (!tells) r.sendError(400); else say(r, 400, Map.of("status", 400, "error", "Bad Request", "message", "JSON parse error: " + e.getMessage()));
            }
        }
        void say(HttpServletResponse r, int code, Object v) throws IOException { r.setStatus(code); r.setContentType("application/json"); json.writeValue(r.getWriter(), v); }
        @Override protected void doPost(HttpServletRequest q, HttpServletResponse r) throws IOException {
            switch (q.getRequestURI()) { case "/api/policies": take(q, r, Policy.class, true); break; case "/api/claims": take(q, r, Claim.class, false); break; default: r.sendError(q.getRequestURI().equals("/api/quotes") ? 405 : 404); }
        }
        @Override protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException {
            if (!q.getRequestURI().equals("/api/quotes")) { r.sendError(q.getRequestURI().matches("/api/(policies|claims)") ? 405 : 404); return; }
            try { Cover.valueOf(q.getParameter("cover")); int km = Integer.parseInt(q.getParameter("kmPerYear")); if (km < 0) throw new IllegalArgumentException(); if (q.getParameter("start") != null) java.time.LocalDate.parse(q.getParameter("start")); }
            catch (RuntimeException e) { r.sendError(400); return; }
            say(r, 200, List.of());
        }
    }
    public static void main(String[] args) throws Exception {
        Tomcat t = new Tomcat(); t.setBaseDir(args[1]); t.setPort(Integer.parseInt(args[0])); t.getConnector().setProperty("address", "127.0.0.1");
        var c = t.addContext("", args[1]); Tomcat.addServlet(c, "api", new Api()); c.addServletMappingDecoded("/api/*", "api");
        t.start(); t.getServer().await();
    }
}
