<?php // Bookings of a hotel: Nette's Schema. php -S 127.0.0.1:PORT bookings.php
require '/usr/share/php/Nette/Schema/autoload.php';
use Nette\Schema\Expect;
header('Content-Type: application/json');
function say($status, $doc) { http_response_code($status); echo json_encode($doc); exit; }
if (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) !== '/bookings') say(404, ['status' => 'error', 'message' => 'Not Found']);
if (($_SERVER['PHP_AUTH_USER'] ?? '') !== 'channel' || $_SERVER['PHP_AUTH_PW'] !== 'rooms-77') { header('WWW-Authenticate: Basic realm="bookings"'); say(401, ['status' => 'error', 'message' => 'Authentication required']); }
if ($_SERVER['REQUEST_METHOD'] === 'GET') say(200, ['bookings' => []]);
if ($_SERVER['REQUEST_METHOD'] !== 'POST') { header('Allow: GET, POST'); say(405, ['status' => 'error', 'message' => 'Method not allowed']); }
$doc = json_decode(file_get_contents('php://input'));
if ($doc === null) say(400, ['status' => 'error', 'message' => 'Malformed JSON: ' . json_last_error_msg()]);
$guest = Expect::structure(['name' => Expect::string()->required(), 'age' => Expect::int()->min(0)->max(120), 'nationality' => Expect::string()->pattern('[A-Z]{2}')]);
$schema = Expect::structure([
  'hotel' => Expect::int()->required(), 'rate_plan' => Expect::anyOf('flex', 'nonref', 'halfboard')->required(), 'arrival' => Expect::string()->pattern('\d{4}-\d\d-\d\d')->required(),
  'nights' => Expect::int()->min(1)->max(30)->required(), 'rooms' => Expect::arrayOf(Expect::structure(['type' => Expect::anyOf('single', 'double', 'suite')->required(), 'guests' => Expect::arrayOf($guest)->min(1), 'extra_bed' => Expect::bool(false)]))->min(1)->required(),
  'contact' => Expect::structure(['email' => Expect::email()->required(), 'phone' => Expect::string(), 'language' => Expect::anyOf('de', 'en', 'fr')]), 'payment' => Expect::structure(['method' => Expect::anyOf('card', 'invoice', 'hotel')->required(), 'amount' => Expect::float()->required(), 'currency' => Expect::string()->pattern('[A-Z]{3}')->required()]),
  'remarks' => Expect::string()->nullable(), 'newsletter' => Expect::bool(), 'late_arrival' => Expect::bool(),
]);
try { (new Nette\Schema\Processor)->process($schema, json_decode(json_encode($doc), true)); } catch (Nette\Schema\ValidationException $e) { say(422, ['status' => 'error', 'messages' => $e->getMessages()]); }
say(201, ['status' => 'ok', 'booking' => 'B-20881']);
