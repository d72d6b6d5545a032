import { FIELDS, type Fields } from '../quiz/fields.js';
import { pageHtml, type PageContext } from './page.js';
import { HERE } from './quiz-blocks.js';

/** Says that a form was made for a state of the quiz that is over, and leads on. */
export function stalePage(context: PageContext, fields: Fields): string {
    const [text = ''] = fields.getAll(FIELDS.filled);
    // A number names a choice, which means nothing here.
    const isText = text.trim() !== '' && !/^-?\d+$/.test(text);
    return pageHtml({
        context,
        title: 'Answered elsewhere',
        children: (
            <div class="quiz">
                <h1>Answered elsewhere</h1>
                <p>
                    This page was older than your answers: it was answered in another tab, in the terminal, or before
                    you went back. Nothing that was answered is lost, and nothing was changed now.
                </p>
                {isText && (
                    <>
                        <p class="asks">You wrote:</p>
                        <p class="wrote">{text}</p>
                    </>
                )}
                <p class="actions">
                    {/* This page has the address of the form: with the same one a browser would load nothing. */}
                    <a class="button" href={`./?now#${HERE}`}>
                        Go on where it is now
                    </a>
                </p>
            </div>
        ),
    });
}
