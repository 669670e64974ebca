/** A schema as data: what documentation and API descriptions are generated from. */
export type Shape =
  | { readonly kind: 'bool' | 'amount' }
  | { readonly kind: 'uint'; readonly bits: 8 | 16 | 32 | 64 }
  | { readonly kind: 'hex'; readonly bytes: number }
  | { readonly kind: 'blob' | 'text'; readonly maxBytes: number }
  | { readonly kind: 'enum'; readonly literals: readonly string[] }
  | { readonly kind: 'list'; readonly item: Shape; readonly maxItems: number }
  | { readonly kind: 'optional' | 'embedded'; readonly item: Shape }
  | { readonly kind: 'rows'; readonly fields: readonly NamedShape[]; readonly maxRows: number }
  | { readonly kind: 'record'; readonly fields: readonly NamedShape[] }
  | { readonly kind: 'variants'; readonly variants: readonly VariantShape[] };

export interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

export interface VariantShape {
  readonly name: string;
  readonly tag: number;
  readonly fields: readonly NamedShape[];
}
