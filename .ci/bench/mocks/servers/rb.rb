# rb.rb PORT: ActiveModel and json_schemer on bare Rack.
require 'rack'
require 'rack/handler/puma'
require 'active_model'
require 'json_schemer'
require 'json'
class Donation
  include ActiveModel::Model
  attr_accessor :amount, :currency, :donor_email, :donor_name, :frequency, :campaign, :tax_id
  validates :amount, numericality: { greater_than: 0, only_integer: true }
  validates :currency, inclusion: { in: %w[eur usd gbp] }
  validates :donor_email, format: { with: /\A[^@\s]+@[^@\s]+\.[a-z]+\z/ }
  validates :donor_name, presence: true, length: { maximum: 40 }
  validates :frequency, inclusion: { in: %w[once monthly yearly] }
end
MENU = JSONSchemer.schema({ 'type' => 'object', 'required' => %w[name items], 'properties' => { 'name' => { 'type' => 'string' }, 'valid_from' => { 'type' => 'string', 'format' => 'date' },
  'items' => { 'type' => 'array', 'minItems' => 1, 'items' => { 'type' => 'object', 'required' => %w[title price], 'properties' => { 'title' => { 'type' => 'string' }, 'price' => { 'type' => 'number' }, 'allergens' => { 'type' => 'array', 'items' => { 'enum' => %w[gluten milk nuts soy fish] } }, 'vegan' => { 'type' => 'boolean' } } } } } })
json = ->(code, v) { [code, { 'content-type' => 'application/json' }, [v.to_json]] }
Rack::Handler::Puma.run(lambda { |env|
  q = Rack::Request.new(env)
  return json.(404, { status: 404, error: 'Not Found' }) unless %w[/donations /menus].include?(q.path_info)
  return json.(405, { status: 405, error: 'Method Not Allowed' }) unless q.post?
  begin
    b = JSON.parse(q.body.read)
    raise ArgumentError unless b.is_a?(Hash)
  rescue StandardError
    return json.(400, { status: 400, error: 'Bad Request' })
  end
  if q.path_info == '/donations'
    begin
      d = Donation.new(b['donation'] || {})
    rescue ActiveModel::UnknownAttributeError => e
      return json.(422, { errors: { base: [e.message] } })
    end
    return d.valid? ? json.(201, { id: 14 }) : json.(422, { errors: d.errors.to_hash(true) })
  end
  e = MENU.validate(b).to_a
  e.empty? ? json.(201, { id: 3 }) : json.(422, { errors: e.map { |x| { pointer: x['data_pointer'], type: x['type'], details: x['details'] }.compact } })
}, Host: '127.0.0.1', Port: ARGV[0].to_i, Silent: true, Threads: '1:4')
