import { render } from 'preact';

import { ELEMENTS, type ReportData } from '../model/report-data.js';
import { App } from './app.js';

const data = JSON.parse(document.getElementById(ELEMENTS.data)!.textContent) as ReportData;
const root = document.getElementById(ELEMENTS.app)!;
// What is readable without scripts is in the way of the table that the cursor moves.
document.getElementById(ELEMENTS.entries)?.setAttribute('hidden', '');
render(<App data={data} />, root);
