import type { MarkdownHtml } from '../text/markdown-html.js';
import { ExerciseWork, type ExerciseWorkProperties } from './exercise-work.js';
import { pageHtml, type PageContext } from './page.js';

export interface ExercisePageProperties {
    context: PageContext;
    /** What addresses call it. */
    name: string;
    heading: string;
    task: MarkdownHtml;
    /** What is done of it; undefined in a static site. */
    work?: ExerciseWorkProperties;
    /** For a static site, which can't run it: the command that does. */
    command: string;
    /** Groups of hints, for a static site. */
    hints: readonly { heading: string; hints: readonly string[] }[];
    next: { href: string; text: string };
}

/** An exercise: its task, and a learner's work on it. */
export function exercisePage({ context, name, heading, task, work, ...rest }: ExercisePageProperties): string {
    return pageHtml({
        context,
        title: heading,
        scripts: work ? ['exercise.js'] : [],
        isWide: true,
        children: (
            <div class="exercise">
                <h1>{heading}</h1>
                {/* eslint-disable-next-line react/no-danger -- Made from the course's own Markdown, all of it escaped. */}
                <article class="prose task" dangerouslySetInnerHTML={{ __html: task.html }} />
                {work ? (
                    <div class="exercise-work" data-exercise={JSON.stringify(work)}>
                        {/* As its script has it, which takes over what is here. */}
                        <div class="exercise-live">
                            <ExerciseWork {...work} />
                        </div>
                    </div>
                ) : (
                    <WithoutServer name={name} {...rest} />
                )}
            </div>
        ),
    });
}

type WithoutServerProperties = Pick<ExercisePageProperties, 'name' | 'command' | 'hints' | 'next'>;

function WithoutServer({ command, hints, next }: WithoutServerProperties) {
    return (
        <section class="work" aria-label="How to do it">
            <h2>On your machine</h2>
            <p>
                An Actor is run and struck for this, which a web page can't do. With the course on your machine, in a
                terminal:
            </p>
            <pre class="code" tabIndex={0} role="region" aria-label="Terminal">
                <code>{command}</code>
            </pre>
            <p>
                or <code>npm run course</code>, and this page tries your copy whenever you save it.
            </p>
            {hints.map((group) => (
                <div key={group.heading} class="hints">
                    <h3>{group.heading}</h3>
                    {group.hints.map((hint, n) => (
                        <details key={hint}>
                            <summary>
                                Hint {n + 1} of {group.hints.length}
                            </summary>
                            <p>{hint}</p>
                        </details>
                    ))}
                </div>
            ))}
            <p class="next">
                <a href={next.href}>{next.text}</a>
            </p>
        </section>
    );
}
