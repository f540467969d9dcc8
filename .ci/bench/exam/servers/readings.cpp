// Readings of energy meters: cpp-httplib and nlohmann/json, whose exceptions are what the caller is told. readings PORT.
#include <httplib.h>
#include <nlohmann/json.hpp>
#include <regex>
using json = nlohmann::json;

static void check(const json& d) {
  if (!std::regex_match(d.at("meter_id").get<std::string>(), std::regex("[A-Z]{3}[0-9]{8}"))) throw std::invalid_argument("meter_id: not a meter's number");
  d.at("installation").at("grid_area").get<std::string>();
  d.at("installation").at("fuse_ampere").get<int>();
  d.at("interval_minutes").get<unsigned>();
  auto unit = d.at("unit").get<std::string>();
  if (unit != "kWh" && unit != "MWh") throw std::invalid_argument("unsupported unit");
  d.at("estimated").get<bool>();
  for (auto& t : d.at("tags")) t.get<std::string>();
  for (auto& r : d.at("readings")) {
    r.at("at").get<std::string>();
    if (!r.at("value").is_number()) throw json::type_error::create(302, "type must be number, but is " + std::string(r.at("value").type_name()), &r);
    if (r.at("value").get<double>() < 0) throw std::out_of_range("readings: value below zero");
    r.at("quality").get<std::string>();
  }
  d.at("source").at("gateway").get<std::string>();
  d.at("source").at("firmware").get<std::string>();
}

int main(int, char** argv) {
  httplib::Server s;
  s.Post("/api/readings", [](const httplib::Request& q, httplib::Response& a) {
    try {
      if (q.get_header_value("X-Api-Version") != "3") throw std::runtime_error("X-Api-Version: 3 expected");
      check(json::parse(q.body));
      a.status = 202;
      a.set_content("{\"accepted\":true}", "application/json");
    } catch (const std::exception& e) {
      a.status = 400;
      a.set_content(json{{"error", e.what()}}.dump(), "application/json");
    }
  });
  s.Get(R"(/api/meters/([A-Z]{3}\d{8})/readings)", [](const httplib::Request& q, httplib::Response& a) {
    if (!std::regex_match(q.get_param_value("from"), std::regex(R"(\d{4}-\d\d-\d\d)"))) { a.status = 400; return a.set_content("{\"error\":\"bad from\"}", "application/json"); }
    a.set_content("{\"readings\":[]}", "application/json");
  });
  s.listen("127.0.0.1", std::stoi(argv[1]));
}
