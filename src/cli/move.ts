/** `npm run move`: the mover's own command, with the replay's reports. */
import { useReporter } from '../mover/cli/reporter.js';
import { reportHtml } from '../replay/report.js';

useReporter(reportHtml);
await import('../mover/cli/run.js');
