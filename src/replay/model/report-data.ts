/** A recorded run in a report: its trace stands in an element of its own, so that it is read when it is opened. */
export interface RunData {
    label: string;
    /** Id of the element that holds the trace: exported, gzip, base64. */
    element: string;
    /** The moment at which it opens; default: its end. */
    opensAt?: number;
}

/** One state of a proof's map. */
export interface CellData {
    /** What it is proven of; undefined where the map is of one thing. */
    group?: string;
    label: string;
    outcome: string;
    /** One character that says the outcome without colour. */
    sign: string;
    /** Undefined while its outcome is not known. */
    isWell?: boolean;
    /** The command that repeats it alone. */
    repeat?: string;
    /** Place of its run among the report's; undefined where its trace was not kept. */
    run?: number;
}

/** What the page is told beside the traces. */
export interface ReportData {
    runs: readonly RunData[];
    /** Place of the undisturbed run, which the others are held against and shown beside. */
    undisturbed?: number;
    /** Fields of rows that are not compared. */
    ignore: readonly string[];
    /** The map of a proof, whose cells open their runs. */
    cells: readonly CellData[];
}

/** Ids of the elements by which the static part of a page and its script find each other. */
export const ELEMENTS = { data: 'replay-data', app: 'replay', still: 'still' } as const;
