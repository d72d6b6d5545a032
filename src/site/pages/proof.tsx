import { pageHtml, type PageContext } from './page.js';
import { ProofWork, type ProofWorkProperties } from './proof-work.js';

export interface ProofPageProperties {
    context: PageContext;
    /** The recorded picture: its address, and what it shows. */
    picture: { href: string; text: string };
    /** What is proven here; undefined in a static site. */
    work?: ProofWorkProperties;
    steps: { href: string };
}

/** The proof: the map of the states in which a crash can leave a run. */
export function proofPage({ context, picture, work, steps }: ProofPageProperties): string {
    return pageHtml({
        context,
        title: 'The proof',
        scripts: work ? ['proof.js'] : [],
        isWide: true,
        children: (
            <div class="proof">
                <h1>The proof</h1>
                <p class="lead">
                    A crash leaves nothing but storages. Every run records what it did, so the storages of each of its
                    moments are known. A proof lets an Actor go on from every state in which a crash can leave its run,
                    and judges what comes of each.
                </p>
                <h2>All steps of the solution</h2>
                <p>
                    <img class="strips" src={picture.href} alt={picture.text} />
                </p>
                <p class="note">
                    High bars are states from which something goes wrong; pale ones lie before the first row or after
                    the result, where nothing can be lost. <a href={steps.href}>Step 5</a> is exact from all of them.
                </p>
                <details>
                    <summary>In words</summary>
                    <ul>
                        {picture.text.split(/(?<=\.) /).map((sentence) => (
                            <li key={sentence}>{sentence}</li>
                        ))}
                    </ul>
                </details>
                <h2>On your machine</h2>
                {work ? (
                    <div data-proof={JSON.stringify(work)}>
                        {/* As its script has it, which takes over what is here. */}
                        <div>
                            <ProofWork {...work} />
                        </div>
                    </div>
                ) : (
                    <>
                        <p>
                            For this an Actor is run and killed, which a web page can't do. With the course on your
                            machine, <code>npm run course</code> shows this page with a map that fills and whose cells
                            open their runs, and a terminal does the same without pictures:
                        </p>
                        <pre class="code" tabIndex={0} role="region" aria-label="Terminal">
                            <code>{'npm run prove -- 5\nnpm run prove -- 2 3 4 --sample 20'}</code>
                        </pre>
                    </>
                )}
            </div>
        ),
    });
}
