import type { Finding } from '../../finding.js';
import type { Lab, Tried } from '../lab.js';
import { runFinding } from '../run-finding.js';
import type { Seen, SeenRequest } from '../seen.js';
import { SITE_PAGES } from '../site.js';
import type { SmallReport } from '../small-report.js';
import { endText } from './texts.js';
import { upTo } from './up-to.js';

/** The mail before and after whose arrival the Actor is killed. */
const MAIL = 3;
const EXPECTED = `${SITE_PAGES.length} mails, one for each page`;

/** Runs until a mail arrives, and goes on from just before that, and from just after. */
export async function tryMailing(lab: Lab, dir: string): Promise<SmallReport> {
    const label = `it sends mail ${MAIL}`;
    const reached = await upTo(lab, { label }, (seen) => seen.requests.filter(isMail)[MAIL - 1]?.index, dir);
    if ('report' in reached) return reached.report;
    const { run, index } = reached;
    const tried = await lab.together(
        lab.fork(run, index, { label: `killed when mail ${MAIL} had arrived, before the answer` }),
        lab.fork(run, index - 1, { label: `killed just before mail ${MAIL} was sent` }),
    );
    const reports = tried.map((one) => judgeMailing(one, dir));
    return reports.find(({ finding }) => finding) ?? reports[0]!;
}

const isMail = ({ kind }: SeenRequest): boolean => kind === 'mail';

/** A mail that the service has taken. */
export interface Mail {
    to: string;
    key: string | undefined;
}

/** Mails that were delivered: of those with the same key, only the first. */
export function deliveredMails({ requests }: Seen): Mail[] {
    const keys = new Set<string>();
    return requests
        .filter(isMail)
        .map(({ url }) => ({ to: url.searchParams.get('to') ?? '', key: url.searchParams.get('key') ?? undefined }))
        .filter(({ key }) => {
            const isNew = key === undefined || !keys.has(key);
            if (key !== undefined) keys.add(key);
            return isNew;
        });
}

/** Judges the mails that a run has sent, over all its processes. */
export function judgeMailing(tried: Tried, dir: string): SmallReport {
    const { seen } = tried;
    const mails = deliveredMails(seen);
    const missing = SITE_PAGES.filter(({ asin }) => !mails.some(({ to }) => to.includes(asin))).map(({ asin }) => asin);
    const again = mails.find(({ to }, i) => mails.findIndex((other) => other.to === to) < i);
    const tooMany = mails.length - new Set(mails.map(({ to }) => to)).size;
    const came =
        seen.status === 'SUCCEEDED'
            ? `${mails.length} mails, ${tooMany} too many, ${missing.length} missing`
            : endText(seen);
    const report = { moment: tried.label, expected: EXPECTED, came };
    const finding = runFinding(tried, dir) ?? whyWrong(seen, missing, again);
    return finding ? { ...report, finding } : report;
}

function whyWrong(seen: Seen, missing: readonly string[], again: Mail | undefined): Finding | undefined {
    if (again)
        return {
            advice: again.key === undefined ? 'no-key' : 'new-key',
            values: { to: again.to, key: again.key ?? '' },
        };
    const [asin] = missing;
    if (asin === undefined) return undefined;
    const sent = seen.requests.filter((one) => isMail(one) && one.url.searchParams.get('to')?.includes(asin));
    const key = sent[0]?.url.searchParams.get('key');
    if (sent.length > 0) return { advice: 'one-key', values: { asin, key: key ?? '' } };
    return { advice: 'lost', values: { asin } };
}
