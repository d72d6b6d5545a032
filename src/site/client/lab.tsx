/** The lab's moving part: runs as they happen, and any moment of them. */
import { render } from 'preact';

import type { LabData } from '../pages/lab.js';
import { LabApp } from './lab-app.js';

const root = document.getElementById('lab')!;
const form = document.getElementById('lab-form') as HTMLFormElement | null;
render(<LabApp data={JSON.parse(root.dataset.lab!) as LabData} form={form} />, root);
