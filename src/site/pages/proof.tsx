import { pageHtml, type PageContext } from './page.js';
import { ProofWork, type ProofWorkProperties } from './proof-work.js';
import { RecordedMap, type RecordedMapProperties } from './recorded-map.js';

/** What the script of a page that can prove is told. */
export interface LiveProofProperties extends ProofWorkProperties {
    /** Shown until something was proven here. */
    recorded: RecordedMapProperties;
}

export interface ProofPageProperties {
    context: PageContext;
    recorded: RecordedMapProperties;
    /** The picture of a larger shop: its address, and what it shows. */
    picture: { href: string; text: string };
    /** What is proven here; undefined in a static site. */
    work?: ProofWorkProperties;
    steps: { href: string };
}

/** The proof: the map of the states in which a crash can leave a run. */
export function proofPage({ context, recorded, picture, work, steps }: ProofPageProperties): string {
    return pageHtml({
        context,
        title: 'The proof',
        scripts: ['proof.js'],
        isWide: true,
        children: (
            <div class="proof">
                <h1>The proof</h1>
                <p class="lead">
                    A crash leaves nothing but storages. Every run records what it did, so the storages of each of its
                    moments are known. A proof lets an Actor go on from every state in which a crash can leave its run,
                    and judges what comes of each. <a href={steps.href}>Step 5</a> is exact from all of them.
                </p>
                {work ? (
                    <div data-proof={JSON.stringify({ ...work, recorded } satisfies LiveProofProperties)}>
                        {/* As its script has it, which takes over what is here. */}
                        <div>
                            {work.job === undefined && <RecordedMap {...recorded} />}
                            <ProofWork {...work} />
                        </div>
                    </div>
                ) : (
                    <>
                        <div data-recorded={JSON.stringify(recorded)}>
                            <RecordedMap {...recorded} />
                        </div>
                        <h2>On your machine</h2>
                        <p>
                            To prove anew, an Actor is run and killed, which a web page can’t do. With the course on
                            your machine, <code>npm run course</code> shows this page with a map that fills, of a step
                            or of your own Actor, and a terminal does the same without pictures:
                        </p>
                        <pre class="code" tabIndex={0} role="region" aria-label="Terminal">
                            <code>{'npm run prove -- 5\nnpm run prove -- 2 3 4 --sample 20'}</code>
                        </pre>
                    </>
                )}
                <h2>In a larger shop</h2>
                <p>
                    <img class="strips" src={picture.href} alt={picture.text} />
                </p>
                <p class="note">
                    High bars are states from which something goes wrong; pale ones lie before the first row or after
                    the result, where nothing can be lost.
                </p>
                <details>
                    <summary>In words</summary>
                    <ul>
                        {picture.text.split(/(?<=\.) /).map((sentence) => (
                            <li key={sentence}>{sentence}</li>
                        ))}
                    </ul>
                </details>
            </div>
        ),
    });
}
