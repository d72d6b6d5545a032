import * as v from 'valibot';
import { expect, it } from 'vitest';

import { RECORDED_RUNS } from './figures.js';
import { fieldsOf, labFormSchema, settingsOf } from './lab-form.js';

it.each([...RECORDED_RUNS])('the lab’s form can ask for just the run %s', (_, { step, settings }) => {
    const fields = fieldsOf(step, settings);
    const form = v.parse(labFormSchema, fields);

    expect(form.subject).toBe(String(step));
    expect(settingsOf(form)).toEqual(settings);
});
