import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';

import { hrefTo, PLACES } from '../places.js';

/** What every page is told of where it is. */
export interface PageContext {
    /** Its place: see places.ts. */
    place: string;
    /** Whether a server is behind it, which can run Actors and keep progress. */
    isLive: boolean;
}

export interface PageProperties {
    context: PageContext;
    title: string;
    /** Scripts of `assets/` that it needs, beside what every page has. */
    scripts?: readonly string[];
    /** Wide pages hold pictures of runs. */
    isWide?: boolean;
    children: ComponentChildren;
}

const SECTIONS = [
    [PLACES.lessons, 'Lessons'],
    [PLACES.quiz, 'Quiz'],
    [PLACES.exercises, 'Exercises'],
    [PLACES.lab, 'Lab'],
    [PLACES.proof, 'Proof'],
] as const;

/** What a page may load: nothing but what lies beside it. */
export const CONTENT_POLICY = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
].join('; ');

/** A page of the course as a whole document. */
export function pageHtml(properties: PageProperties): string {
    return `<!doctype html>\n${renderToString(<Page {...properties} />)}\n`;
}

function Page({ context, title, scripts = [], isWide = false, children }: PageProperties) {
    const { place, isLive } = context;
    const link = (to: string): string => hrefTo(place, to);
    return (
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                {!isLive && <meta http-equiv="Content-Security-Policy" content={CONTENT_POLICY} />}
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="referrer" content="no-referrer" />
                <title>{place === '' ? title : `${title} · Actors Move`}</title>
                <link rel="icon" href={link(`${PLACES.assets}icon.svg`)} />
                <link rel="stylesheet" href={link(`${PLACES.assets}site.css`)} />
                <script type="module" src={link(`${PLACES.assets}page.js`)} />
                {scripts.map((script) => (
                    <script key={script} type="module" src={link(`${PLACES.assets}${script}`)} />
                ))}
            </head>
            <body data-live={isLive ? 'true' : undefined} data-root={link('')}>
                <a class="skip" href="#main">
                    Skip to the text
                </a>
                <header class="top">
                    <nav aria-label="Course">
                        <a class="brand" href={link('')} aria-current={place === '' ? 'page' : undefined}>
                            Actors Move
                        </a>
                        {SECTIONS.map(([to, name]) => (
                            <a
                                key={to}
                                href={link(to)}
                                aria-current={place === to ? 'page' : place.startsWith(to) ? 'true' : undefined}
                            >
                                {name}
                            </a>
                        ))}
                    </nav>
                </header>
                <main id="main" class={isWide ? 'main wide' : 'main'} tabIndex={-1}>
                    {children}
                </main>
            </body>
        </html>
    );
}
