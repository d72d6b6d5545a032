import { hrefTo } from '../places.js';
import { pageHtml, type PageContext } from './page.js';

/** A page that says one thing. */
export function messagePage(context: PageContext, title: string, text: string): string {
    return pageHtml({
        context,
        title,
        children: (
            <>
                <h1>{title}</h1>
                <p>{text}</p>
                <p>
                    <a href={hrefTo(context.place, '')}>To the way through the course</a>
                </p>
            </>
        ),
    });
}
