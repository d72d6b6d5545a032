/** `npm run move`: the mover's own command, with the replay's reports. */
import { enterUsersFolder } from '../base/users-folder.js';
import { useReporter } from '../mover/cli/reporter.js';
import { reportHtml } from '../replay/report.js';

enterUsersFolder('move');
useReporter(reportHtml);
await import('../mover/cli/run.js');
