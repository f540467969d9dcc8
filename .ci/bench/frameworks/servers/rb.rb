# Servers of Ruby's frameworks (Debian's packages): ruby rb.rb sinatra|grape|rails PORT
require 'json'
require 'rack'
require 'puma'
name, port = ARGV
$id = 1000

if name == 'sinatra'
  require 'sinatra/base'
  class App < Sinatra::Base
    set :show_exceptions, false
    set :raise_errors, false
    set :logging, false
    disable :protection
    before { content_type :json }
    post '/v1/transfers' do
      begin
        b = JSON.parse(request.body.read)
      rescue JSON::ParserError => e
        halt 400, { error: e.message }.to_json
      end
      halt 422, { error: 'amount_cents must be an integer' }.to_json unless b['amount_cents'].is_a?(Integer)
      halt 422, { error: "currency is not supported: #{b['currency']}" }.to_json unless %w[EUR USD CHF].include?(b['currency'])
      halt 422, { error: 'iban has an invalid check digit' }.to_json unless b['iban'].to_s =~ /\A[A-Z]{2}\d{2}[A-Z0-9]{11,30}\z/
      halt 422, { error: 'execute_on must not be in the past' }.to_json if b['execute_on'] && b['execute_on'] < '2026-01-01'
      status 201
      { id: $id += 1 }.to_json
    end
    get('/v1/transfers/:id') { params['id'] =~ /\Atr_\d+\z/ ? { id: params['id'] }.to_json : halt(404) }
    get '/v1/rates' do
      halt 400 unless params['base'] && params['base'] =~ /\A[A-Z]{3}\z/
      { base: params['base'], rates: {} }.to_json
    end
  end
elsif name == 'grape'
  require 'grape'
  class App < Grape::API
    format :json
    version 'v1', using: :path
    params do
      requires :name, type: String, allow_blank: false
      requires :starts_at, type: DateTime
      requires :capacity, type: Integer, values: 1..500
      optional :kind, type: String, values: %w[talk workshop]
      requires :speakers, type: Array do
        requires :name, type: String
        requires :email, type: String, regexp: /.+@.+/
      end
      optional :online, type: Grape::API::Boolean
      optional :link, type: String
      optional :room, type: String
      mutually_exclusive :link, :room
    end
    post(:sessions) { { id: $id += 1 } }
    params { requires :day, type: Date; optional :per_page, type: Integer, values: 1..50 }
    get(:sessions) { { sessions: [] } }
  end
else
  require 'rails'
  require 'action_controller/railtie'
  require 'active_model'
  ENV['RAILS_ENV'] = 'production'
  class Product
    include ActiveModel::Model
    attr_accessor :name, :price, :sku, :stock, :currency
    validates :name, presence: true, length: { maximum: 30 }
    validates :price, numericality: { greater_than: 0 }
    validates :sku, format: { with: /\A[A-Z]{3}\d{4}\z/ }
    validates :stock, numericality: { only_integer: true }
    validates :currency, inclusion: { in: %w[EUR USD] }
  end
  class Shop < Rails::Application
    config.eager_load = false
    config.secret_key_base = 'x' * 30
    config.hosts.clear
    config.consider_all_requests_local = false
    config.logger = Logger.new(nil)
    config.action_controller.action_on_unpermitted_parameters = :raise
    routes.append { post '/products', to: 'products#create'; get '/products/:id', to: 'products#show', constraints: { id: /\d+/ } }
  end
  class ProductsController < ActionController::API
    rescue_from(ActionController::ParameterMissing) { |e| render json: { error: e.message }, status: 400 }
    rescue_from(ActionController::UnpermittedParameters) { |e| render json: { error: e.message }, status: 400 }
    def create
      p = Product.new(params.require(:product).permit(:name, :price, :sku, :stock, :currency))
      p.valid? ? render(json: { id: $id += 1 }, status: 201) : render(json: { errors: p.errors.to_hash }, status: 422)
    end

    def show
      params[:id].to_i < 100 ? render(json: { id: params[:id].to_i }) : head(404)
    end
  end
  Shop.initialize!
  App = Shop
end
Puma::Server.new(App, Puma::Events.strings, min_threads: 0, max_threads: 4).tap { |s| s.add_tcp_listener '127.0.0.1', port.to_i }.run.join
