<?php // Bare PHP with justinrainbow/json-schema: leases; and a form handler in the old style: signups.
require '/usr/share/php/JsonSchema/autoload.php';
function say($code, $v) { http_response_code($code); header('Content-Type: application/json'); echo json_encode($v); exit; }
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path === '/leases' && $_SERVER['REQUEST_METHOD'] === 'POST') {
    $d = json_decode(file_get_contents('php://input'));
    if ($d === null) say(400, ['error' => json_last_error_msg()]);
    $schema = json_decode('{"type":"object","required":["unit","tenants","rent","from"],"properties":{"unit":{"type":"string","pattern":"^[0-9]+[A-F]$"},"rent":{"type":"number","minimum":1},"from":{"type":"string","format":"date"},"until":{"type":"string","format":"date"},"pets":{"type":"boolean"},"furnishing":{"enum":["none","part","full"]},"tenants":{"type":"array","minItems":1,"items":{"type":"object","required":["name","iban"],"properties":{"name":{"type":"string"},"iban":{"type":"string","pattern":"^[A-Z]{2}[0-9]{2}[A-Z0-9]+$"},"share":{"type":"integer","minimum":1,"maximum":100}}}}}}');
    $v = new JsonSchema\Validator; $v->validate($d, $schema);
    if ($v->isValid()) say(201, ['id' => 77]);
    say(422, ['errors' => array_map(fn($e) => ['property' => $e['property'], 'message' => $e['message']], $v->getErrors())]);
}
if ($path === '/signup.php' && $_SERVER['REQUEST_METHOD'] === 'POST') {
    foreach (['username', 'email', 'password', 'country', 'terms'] as $k) if (empty($_POST[$k])) { http_response_code(400); exit("Missing $k\n"); }
    if (!filter_var($_POST['email'], FILTER_VALIDATE_EMAIL)) { http_response_code(400); exit("Invalid email\n"); }
    if (!preg_match('/^[A-Z]{2}$/', $_POST['country'])) { http_response_code(400); exit("Invalid input\n"); }
    if (isset($_POST['newsletter']) && !in_array($_POST['newsletter'], ['0', '1'], true)) { http_response_code(400); exit("Invalid input\n"); }
    if (isset($_POST['birthday']) && !preg_match('/^\d{4}-\d\d-\d\d$/', $_POST['birthday'])) { http_response_code(400); exit("Invalid input\n"); }
    say(200, ['ok' => true]);
}
http_response_code(in_array($path, ['/leases', '/signup.php']) ? 405 : 404);
