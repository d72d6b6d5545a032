import { expect, test } from 'vitest';

import { UsageMeter } from './usage-meter.js';

test('tells average, largest and last of what was measured of a run', () => {
    const meter = new UsageMeter();
    meter.add('run', 10, 100);
    meter.add('run', 40, 400);
    meter.add('run', 10, 100);
    meter.add('other', 99, 999);
    expect(meter.of('run')).toEqual({
        cpuAvgUsage: 20,
        cpuMaxUsage: 40,
        cpuCurrentUsage: 10,
        memAvgBytes: 200,
        memMaxBytes: 400,
        memCurrentBytes: 100,
    });
});

test('tells of a run that was never measured that it used nothing', () => {
    const usage = new UsageMeter().of('run');
    expect(Object.values(usage)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(Object.keys(usage)).not.toContain('samples');
});
