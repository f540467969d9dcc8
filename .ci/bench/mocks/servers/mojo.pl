#!/usr/bin/perl
# mojo.pl mojo|dancer DOCUMENT PORT
use strict; use warnings;
my ($which, $doc, $port) = @ARGV;
if ($which eq 'mojo') {
    require Mojolicious; require Mojo::Server::Daemon;
    package Clinic::Controller::Clinic { use Mojo::Base 'Mojolicious::Controller', -signatures; sub ok ($c) { $c->openapi->valid_input or return; $c->render(openapi => { ok => \1 }) } $INC{'Clinic/Controller/Clinic.pm'} = 1 }
    my $app = Mojolicious->new(moniker => 'clinic');
    $app->log->level('fatal'); $app->mode('production');
    push @{ $app->routes->namespaces }, 'Clinic::Controller';
    $app->plugin(OpenAPI => { url => $doc });
    Mojo::Server::Daemon->new(app => $app, listen => ["http://127.0.0.1:$port"], silent => 1)->run;
} else {
    require Dancer2; package Tolls; Dancer2->import(appname => 'Tolls');
    require JSON::Validator;
    my $v = JSON::Validator->new->schema({ type => 'object', required => [qw(plate class amount lane)], properties => { plate => { type => 'string', pattern => '^[A-Z0-9 -]{4,10}$' }, class => { type => 'integer', minimum => 1, maximum => 5 }, amount => { type => 'number', minimum => 0 }, lane => { type => 'object', required => ['id'], properties => { id => { type => 'integer' }, direction => { enum => [qw(north south)] } } }, axles => { type => 'array', items => { type => 'number' } }, passed_at => { type => 'string', format => 'date-time' } } });
    set(serializer => 'JSON'); set(port => $port); set(host => '127.0.0.1'); set(log => 'error'); set(show_errors => 0); set(startup_info => 0);
    post('/tolls' => sub {
        my @e = eval { $v->validate(request()->data) } or return do { status(201); { id => 6 } };
        status(400); return { errors => [map { "$_" } @e] };
    });
    get('/tolls' => sub { my $d = query_parameters()->get('since'); unless ($d && $d =~ /^\d{4}-\d\d-\d\d$/) { status(400); return { error => 'bad request' } } [] });
    start();
}
