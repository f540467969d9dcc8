# Catalyst with Types::Standard: perl catalyst.pl PORT.
package Orchard;
use strict; use warnings;
BEGIN { $INC{'Orchard.pm'} = __FILE__ }
use Catalyst::Runtime;
use base 'Catalyst';
__PACKAGE__->config(name => 'Orchard', disable_component_resolution_regex_fallback => 1, encoding => 'UTF-8');
package Orchard::Controller::Root;
BEGIN { $INC{'Orchard/Controller/Root.pm'} = __FILE__; require Catalyst::Controller; our @ISA = ('Catalyst::Controller') }
use strict; use warnings;
use JSON::PP;
use Types::Standard qw(Dict Optional Str StrMatch Int Num ArrayRef Enum);
__PACKAGE__->config(namespace => '');
my $Harvest = Dict[ orchard => StrMatch[qr/^OR-\d{3}$/], fruit => Enum[qw(apple pear plum)], kilos => Num, crates => Int, day => StrMatch[qr/^\d{4}-\d\d-\d\d$/],
  pickers => ArrayRef[ Dict[ name => Str, hours => Num ] ], note => Optional[Str] ];
sub say_json { my ($c, $code, $v) = @_; $c->res->status($code); $c->res->content_type('application/json'); $c->res->body(encode_json($v)) }
sub harvests :Path('/harvests') :POST :Consumes(JSON) {
  my ($self, $c) = @_;
  my $v = eval { $c->req->body_data } or return say_json($c, 400, { error => 'cannot parse the body' });
  my $why = $Harvest->check($v) ? undef : $Harvest->validate_explain($v, '$body');
  return say_json($c, 422, { error => $why->[-1], explain => $why }) if $why;
  say_json($c, 201, { harvest => 4 });
}
sub trees :Path('/trees') :GET {
  my ($self, $c) = @_;
  my $p = $c->req->query_params;
  for (['fruit', Enum[qw(apple pear plum)]], ['planted', Optional[StrMatch[qr/^\d{4}$/]]]) {
    my ($n, $t) = @$_;
    my $e = exists $p->{$n} ? $t->validate($p->{$n}) : $n eq 'fruit' ? "Required parameter missing" : undef;
    return say_json($c, 400, { parameter => $n, error => $e }) if $e;
  }
  say_json($c, 200, [{ tree => 1 }]);
}
sub default :Path { my ($self, $c) = @_; $c->res->status(404); $c->res->body('Page not found') }
package main;
Orchard->setup;
require HTTP::Server::PSGI;
HTTP::Server::PSGI->new(host => '127.0.0.1', port => $ARGV[0], timeout => 30)->run(Orchard->psgi_app);
