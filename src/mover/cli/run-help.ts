import { API_FAULT_FORMS } from '../../faults/api-fault.js';
import { API_TIMING_OPTIONS } from '../api-timing.js';
import { FAULTS, triggerForms } from '../../faults/fault-plan.js';
import type { parse } from '../../base/terminal/command.js';

/** Options of `actors-move run`, for parseArgs. */
export const RUN_OPTIONS = {
    fault: { type: 'string' },
    at: { type: 'string' },
    on: { type: 'string' },
    times: { type: 'string' },
    every: { type: 'string' },
    plan: { type: 'string' },
    fork: { type: 'string' },
    seed: { type: 'string' },
    'api-fault': { type: 'string', multiple: true },
    grace: { type: 'string' },
    'no-reboot-reply': { type: 'boolean' },
    'no-fresh-disk': { type: 'boolean' },
    'persist-interval': { type: 'string' },
    ...API_TIMING_OPTIONS,
    input: { type: 'string' },
    serve: { type: 'boolean' },
    request: { type: 'string', multiple: true },
    script: { type: 'string' },
    env: { type: 'string', multiple: true },
    memory: { type: 'string' },
    timeout: { type: 'string' },
    'restart-on-error': { type: 'boolean' },
    'max-items': { type: 'string' },
    'max-total-charge-usd': { type: 'string' },
    actor: { type: 'string', multiple: true },
    task: { type: 'string', multiple: true },
    charge: { type: 'string', multiple: true },
    'seed-dataset': { type: 'string', multiple: true },
    'seed-storage': { type: 'string' },
    'max-record': { type: 'string' },
    'restricted-storages': { type: 'boolean' },
    compare: { type: 'string' },
    prove: { type: 'boolean' },
    sample: { type: 'string' },
    shard: { type: 'string' },
    jobs: { type: 'string' },
    unique: { type: 'string', multiple: true },
    ignore: { type: 'string', multiple: true },
    record: { type: 'string', multiple: true },
    'ignore-record': { type: 'string', multiple: true },
    ordered: { type: 'boolean' },
    undisturbed: { type: 'string' },
    data: { type: 'string' },
    export: { type: 'boolean' },
    json: { type: 'boolean' },
    junit: { type: 'string' },
    html: { type: 'string' },
    'html-input': { type: 'boolean' },
    verbose: { type: 'boolean' },
} as const;

/** Where a fault strikes when nobody says where and the run's calls are not known yet: a few pages in. */
export const USUAL_CALL = 25;

export const RUN_HELP = `
npm run move -- [folder] [options]
npm run move -- [folder] [options] -- node dist/main.js

Runs an Apify Actor on the local platform, strikes it, and shows what happens and what it leaves. The Actor is that in
the folder (default: this one), started as its package.json says, or by the command. Nothing leaves the machine but what
the Actor itself sends.

What strikes it
  --fault <fault>         none, ${FAULTS.join(', ')}. Default: none; migrate with --compare, crash with --prove
                          timed-out, failed and aborted: it ends so at once, and is resurrected
  --at <trigger>          when: ${triggerForms()}.
                          With --serve also the n-th request, before it is sent: request@2.
                          Default: call ${USUAL_CALL}; with --compare the middle of the undisturbed run, with --serve of its requests
  --on <actor[@n]>        strike the n-th run (default: the first) that it starts of this Actor, and not its own
  --times <n>             strike n times, at the n-th such moment, the 2n-th, … (default 1)
  --every <time>          strike again and again, so long after the strike before: 30s, 500ms
  --plan <strikes>        several strikes instead, as <fault>:<trigger>,<fault>:<trigger>
  --fork <dir>@<index>    go on from that entry of a recorded run, as after a crash, and compare with that run
  --seed <n>              strike at API calls drawn at random; the same seed draws the same. Needs --compare; with
                          --prove it draws the --sample
  --api-fault <fault>     what goes wrong between Actor and API, such as 'datasets.items.post:reset-after@3':
                          ${API_FAULT_FORMS}. May be given several times
  --grace <seconds>       from 'migrating' or 'aborting' to the kill (default: 10, for an abort 30)
  --no-reboot-reply       the platform ignores the reboot that the SDK asks for when it hears 'migrating'
  --no-fresh-disk         leave the disk as it is. Without it each process finds a fresh copy of the Actor's folder, its
                          packages linked, and no temporary files: as after a move
  --persist-interval <s>  between two persistState events (default: the SDK's 60)
  --read-lag <seconds>    a dataset shows a row only so long after its push (default 0)
  --api-latency <ms>      an API call of the Actor is so long on its way, half of it there, half back (default 0)

What is run
  --input <file>          the input, JSON or JSON5; - is standard input. Default:
                          storage/key_value_stores/default/INPUT.json, else the prefilled and default values of the
                          input schema
  --serve                 the Actor serves, as in Standby: it is called with the requests or the script, one after the
                          other, and told to end when all is answered. Answers are compared, too
  --request <request>     'GET /items', or 'POST /items {"n":1}'. May be given several times
  --script <file>         instead, a module that exports async function call({ url, fetch })
  --env <name=value>      set for the Actor, besides environmentVariables of .actor/actor.json. May be given several
                          times
  --memory <MB>           told to the Actor, not enforced (default 1024)
  --timeout <seconds>     of the run; 0 is none (default 3600)
  --restart-on-error      a process that fails is followed by another, at most 3 times in 60 s. With --fault restart it
                          is so anyway, undisturbed as well
  --max-items <n>         told to the Actor: how many rows may be paid for
  --max-total-charge-usd <n>  told to the Actor: what the run may cost
  --actor <name=folder>   an Actor that it may call, start or become; user/name=folder for one of somebody else, such as
                          apify/send-mail=../mail. May be given several times
  --task <name=actor>     a task of one of these, or user/name=actor; name=actor,file gives it an input. May be given
                          several times
  --charge <event=price>  an event that the Actor charges for, and its price in US dollars, besides those of
                          .actor/pay_per_event.json. May be given several times
  --seed-dataset <file>   rows that its dataset holds beforehand, as a JSON array or an object in each line;
                          name=file for a named dataset. May be given several times
  --seed-storage <folder> storages that it finds, in the layout that apify run leaves below storage/; default is its own
  --max-record <MB>       what a record may have; 9 is 9,437,184 bytes (default: any size)
  --restricted-storages   reading a storage by its id needs a token, as where an account says so

What is judged
  --compare [n]           run it undisturbed, then n times (1) struck, and compare all that is left: rows, records,
                          requests, charges, webhooks, what runs that it started have left, and how each ended. Exit
                          code 1 when something differs. With --fault none it says how undisturbed runs differ
  --prove                 the same at every API call of the run: struck before the call is applied, and after
  --undisturbed <n>       with either: how often it is run undisturbed (default 2). What differs between these runs is
                          noise, and is told apart from what strikes have done
  --sample <n>            with --prove: only n of these moments, spread over the run
  --jobs <n>              with --prove: runs at the same time (default: one more than there are processor cores)
  --unique <field>        a field that names a row, so that one with other fields counts as differing. Several may be
                          given
  --ignore <field>        a field that is not compared, wherever it stands: a time, a random id. Several may be given
  --ignore-record <key>   a record that is not compared, such as a count of processes; name/KEY in a named key-value
                          store, and * for any characters. Several may be given
  --record <key>          compare only these records, named likewise (default: all but Crawlee's own). Several may be
                          given
  --ordered               rows must be in the same order, too

Where it goes
  --data <folder>         journal and log (default: a new folder in .actors-move)
  --export                write the storages as files, too: to storage in that folder, as apify run leaves them, one file
                          for each row. Afterwards npm run export -- <folder> does the same
  --json                  print the result for a program to read, and nothing else
  --junit <file>          write a test case for each strike, for CI
  --html <file>           write what happened as one page, to look at and to send on. It holds neither the input nor tokens
  --verbose               show calls, locks and what Crawlee says of itself as well
  --html-input            with --html: the input too, without its secret fields
`;

export type RunValues = ReturnType<typeof parse<typeof RUN_OPTIONS>>['values'];
