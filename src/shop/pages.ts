import { html } from 'hono/html';

import type { Catalogue } from './catalogue.js';

/** The HTML of each page, with the ids and classes that a scraper of Amazon looks for. */

type Html = ReturnType<typeof html>;

function layout(title: string, body: Html): Html {
    return html`<!doctype html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <title>${title}</title>
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <style>
                    body {
                        font-family: system-ui;
                        line-height: 1.5;
                        max-width: 44rem;
                        margin: 2rem auto;
                        padding: 0 1rem;
                        color-scheme: light dark;
                    }
                    td,
                    th {
                        text-align: left;
                        padding-right: 1.5rem;
                    }
                </style>
            </head>
            <body>
                ${body}
            </body>
        </html>`;
}

/** `/`: what this shop is, for a person who opens it in a browser. Lists at most 50 products. */
export function homePage(catalogue: Catalogue, keyword: string): Html {
    const shown = Math.min(catalogue.size, 50);
    const rows = Array.from({ length: shown }, (_, index) => {
        const { asin, title } = catalogue.product(index);
        return html`<tr>
            <td><a href="/dp/${asin}">${asin}</a></td>
            <td>${title}</td>
            <td><a href="/gp/aod/ajax?asin=${asin}&amp;pc=dp">${catalogue.offerCount(index)}</a></td>
        </tr>`;
    });
    return layout(
        'Demo shop',
        html`<h1>Demo shop</h1>
            <p>
                A made-up shop with the addresses and the page structure of Amazon, for an Actor to scrape. It sells
                ${catalogue.size} products, and the same ones every time it is opened with the same seed.
            </p>
            <p>
                <a href="/s?k=${encodeURIComponent(keyword)}">Search for “${keyword}”</a> ·
                <a href="/truth.json">every ASIN and its number of offers (JSON)</a>
            </p>
            <h2>${shown < catalogue.size ? `The first ${shown} products` : 'The products'}</h2>
            <table>
                <tr>
                    <th>ASIN</th>
                    <th>Title</th>
                    <th>Offers</th>
                </tr>
                ${rows}
            </table>`,
    );
}

/** `/s`: one page of search results. */
export function searchPage(catalogue: Catalogue, keyword: string, page: number): Html {
    const link = (to: number): string => `/s?k=${encodeURIComponent(keyword)}&page=${to}`;
    const results = catalogue.searchPage(page).map((index) => {
        const { asin, title } = catalogue.product(index);
        return html`<div data-asin="${asin}" data-component-type="s-search-result" class="s-result-item">
            <h2>
                <a class="a-link-normal" href="/dp/${asin}"><span>${title}</span></a>
            </h2>
        </div> `;
    });
    const previous = page > 1 && page - 1 <= catalogue.pageCount;
    const next = page < catalogue.pageCount;
    return layout(
        `Demo shop: ${keyword}`,
        html`<h1>Results for “${keyword}”</h1>
            <div class="s-main-slot">${results.length > 0 ? results : html`<p>No results.</p>`}</div>
            <nav class="s-pagination-strip">
                ${previous ? html`<a class="s-pagination-item s-pagination-previous" href="${link(page - 1)}">Previous</a>` : ''}
                <span class="s-pagination-item s-pagination-selected">${page}</span>
                ${next ? html`<a class="s-pagination-item s-pagination-next" href="${link(page + 1)}">Next</a>` : ''}
            </nav>`,
    );
}

/** `/dp/ASIN`: one product. */
export function productPage(catalogue: Catalogue, index: number): Html {
    const { asin, title, description } = catalogue.product(index);
    const count = catalogue.offerCount(index);
    return layout(
        title,
        html`<h1 id="productTitle">${title}</h1>
            <div id="productDescription"><p>${description}</p></div>
            <p><a id="aod-ingress-link" href="/gp/aod/ajax?asin=${asin}&amp;pc=dp">See all offers (${count})</a></p>`,
    );
}

/** `/gp/aod/ajax`: the offers of one product. As on Amazon, every offer has the same id. */
export function offersPage(catalogue: Catalogue, index: number): Html {
    const { title } = catalogue.product(index);
    const offers = catalogue.offers(index).map(
        ({ sellerName, price }) =>
            html`<div id="aod-offer">
                <span class="a-price"><span class="a-offscreen">${price}</span></span>
                <div id="aod-offer-soldBy">
                    Sold by <a class="a-link-normal" aria-label="${sellerName}" href="#">${sellerName}</a>
                </div>
            </div> `,
    );
    return layout(
        `Offers: ${title}`,
        html`<h1>${title}</h1>
            <div id="aod-offer-list">${offers.length > 0 ? offers : html`<p>No offers at the moment.</p>`}</div>`,
    );
}
