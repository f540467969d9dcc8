service CatalogService @(path: '/odata/v4/catalog') {
  type Genre : String enum { novel; poetry; science; }
  entity Orders {
    key ID : UUID;
    customer : String(20) @mandatory;
    genre : Genre @assert.range;
    copies : Integer @assert.range: [1, 99];
    price : Decimal(9,2);
    ordered : Date;
    placedAt : DateTime;
    gift : Boolean;
    zip : String @assert.format: '^[0-9]{5}$';
    lines : Composition of many { key pos : Integer; isbn : String(13) @mandatory; qty : Integer; };
  }
}
