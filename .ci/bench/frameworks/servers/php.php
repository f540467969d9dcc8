<?php // Servers of PHP's frameworks (Debian's packages): FRAMEWORK=symfony|laravel|slim php -S 127.0.0.1:PORT php.php
spl_autoload_register(function ($c) { $f = '/usr/share/php/' . strtr($c, '\\', '/') . '.php'; if (is_file($f)) require_once $f; });
error_reporting(0);
function answer($status, $data, $type = 'application/json') { http_response_code($status); header("Content-Type: $type"); echo $data === null ? '' : json_encode($data); exit; }
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$body = json_decode(file_get_contents('php://input'), true);

if (getenv('FRAMEWORK') === 'symfony') {
    require_once '/usr/share/php/Symfony/Component/Validator/autoload.php';
    if ($path !== '/api/recipes') answer(404, ['type' => 'https://tools.ietf.org/html/rfc2616#section-10', 'title' => 'An error occurred', 'status' => 404, 'detail' => 'Not Found'], 'application/problem+json');
    if ($_SERVER['REQUEST_METHOD'] !== 'POST') { header('Allow: POST'); answer(405, ['title' => 'An error occurred', 'status' => 405, 'detail' => 'Method Not Allowed']); }
    if (!str_starts_with($_SERVER['CONTENT_TYPE'] ?? '', 'application/json')) answer(415, ['title' => 'An error occurred', 'status' => 415, 'detail' => 'Unsupported format, expected "json"'], 'application/problem+json');
    if (!is_array($body)) answer(400, ['title' => 'An error occurred', 'status' => 400, 'detail' => 'Syntax error'], 'application/problem+json');
    $c = 'Symfony\\Component\\Validator\\Constraints\\';
    $is = fn($n, ...$a) => new ("Symfony\\Component\\Validator\\Constraints\\$n")(...$a);
    $violations = Symfony\Component\Validator\Validation::createValidator()->validate($body, $is('Collection', ['fields' => [
        'title' => [$is('NotBlank'), $is('Length', ['max' => 40])], 'minutes' => [$is('Type', 'int'), $is('Positive')], 'difficulty' => $is('Choice', ['easy', 'medium', 'hard']),
        'published' => $is('Date'), 'vegan' => $is('Type', 'bool'), 'source' => $is('Optional', [$is('Url')]),
        'steps' => [$is('Count', ['min' => 1]), $is('All', [$is('Collection', ['text' => $is('NotBlank'), 'minutes' => $is('Type', 'int')])])],
    ]]));
    if (!count($violations)) answer(201, ['id' => random_int(1, 9999)]);
    $v = [];
    foreach ($violations as $x) $v[] = ['propertyPath' => $x->getPropertyPath(), 'title' => strtr($x->getMessage(), []), 'parameters' => $x->getParameters(), 'type' => 'urn:uuid:' . $x->getCode()];
    answer(422, ['type' => 'https://symfony.com/errors/validation', 'title' => 'Validation Failed', 'detail' => implode("\n", array_map(fn($x) => $x['propertyPath'] . ': ' . $x['title'], $v)), 'violations' => $v], 'application/problem+json');
}
if (getenv('FRAMEWORK') === 'laravel') {
    if (is_file('/usr/share/php/Illuminate/Validation/autoload.php')) require_once '/usr/share/php/Illuminate/Validation/autoload.php';
    require_once '/usr/share/php/Illuminate/Support/helpers.php';
    require_once '/usr/share/php/Illuminate/Collections/helpers.php';
    if (!str_starts_with($path, '/api/events')) answer(404, ['message' => 'The route ' . trim($path, '/') . ' could not be found.']);
    if ($_SERVER['REQUEST_METHOD'] !== 'POST') { header('Allow: POST'); answer(405, ['message' => "The {$_SERVER['REQUEST_METHOD']} method is not supported for this route. Supported methods: POST."]); }
    if (($_SERVER['HTTP_AUTHORIZATION'] ?? '') !== 'Bearer 3|kZ8wQe71Lm') answer(401, ['message' => 'Unauthenticated.']);
    $lines = ['required' => 'The :attribute field is required.', 'email' => 'The :attribute must be a valid email address.', 'integer' => 'The :attribute must be an integer.', 'date_format' => 'The :attribute does not match the format :format.',
        'in' => 'The selected :attribute is invalid.', 'after' => 'The :attribute must be a date after :date.', 'boolean' => 'The :attribute field must be true or false.', 'array' => 'The :attribute must be an array.', 'string' => 'The :attribute must be a string.',
        'max' => ['string' => 'The :attribute must not be greater than :max characters.', 'numeric' => 'The :attribute must not be greater than :max.', 'array' => 'The :attribute must not have more than :max items.'], 'min' => ['numeric' => 'The :attribute must be at least :min.'],
        'required_with' => 'The :attribute field is required when :values is present.', 'url' => 'The :attribute must be a valid URL.', 'prohibits' => 'The :attribute field prohibits :other from being present.'];
    $loader = new Illuminate\Translation\ArrayLoader();
    $loader->addMessages('en', 'validation', $lines);
    $factory = new Illuminate\Validation\Factory(new Illuminate\Translation\Translator($loader, 'en'));
    $v = $factory->make($body ?? [], ['title' => 'required|string|max:40', 'starts_at' => 'required|date_format:Y-m-d H:i', 'ends_at' => 'required|date_format:Y-m-d H:i|after:starts_at', 'seats' => 'required|integer|min:1|max:500',
        'visibility' => 'in:public,private', 'organizer.email' => 'required|email', 'tickets' => 'array|max:5', 'tickets.*.name' => 'required|string', 'tickets.*.price' => 'required|integer', 'online' => 'boolean', 'stream_url' => 'required_with:online|url']);
    if ($v->fails()) answer(422, ['message' => 'The given data was invalid.', 'errors' => $v->errors()->toArray()]);
    answer(201, ['data' => ['id' => random_int(1, 9999)]]);
}
require_once 'Slim/autoload.php';
$_SERVER['SCRIPT_NAME'] = '/index.php';
$app = new Slim\App();
$app->post('/books', function ($req, $res) {
    $b = $req->getParsedBody();
    $isbn = str_replace('-', '', (string) ($b['isbn'] ?? ''));
    if (empty($b['title']) || !preg_match('/^97[89]\d{10}$/', $isbn)) return $res->withStatus(400);
    if (!is_int($b['year'] ?? null) || !in_array($b['format'] ?? 'paper', ['paper', 'ebook', 'audio'], true)) return $res->withStatus(400);
    return $res->withJson(['id' => random_int(1, 9999)], 201);
});
$app->get('/books/{id:[0-9]+}', fn($req, $res, $a) => $res->withJson(['id' => (int) $a['id']]));
$app->run();
