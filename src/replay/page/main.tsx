import { render } from 'preact';

import { ELEMENTS, type ReportData } from '../model/report-data.js';
import { App } from './app.js';

const data = JSON.parse(document.getElementById(ELEMENTS.data)!.textContent) as ReportData;
const root = document.getElementById(ELEMENTS.app)!;
/** What is readable without scripts stays until there is the table that the cursor moves. */
const hideStill = (): void => document.getElementById(ELEMENTS.still)?.setAttribute('hidden', '');
// The still picture is to be seen before a long recording is read.
requestAnimationFrame(() => setTimeout(() => render(<App data={data} onShown={hideStill} />, root)));
