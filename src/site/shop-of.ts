/** The size of a shop in words. */
export function shopOf(products: number): string {
    return products === 1 ? '1 product' : `${products} products`;
}
