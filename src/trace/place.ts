/** Where the JSON of a value lies in a platform's journal, in bytes. */
export class PlaceOnDisk {
    constructor(
        readonly offset: number,
        readonly length: number,
    ) {}
}

/** Reads the JSON at a place. */
export type ReadPlace = (place: Pick<PlaceOnDisk, 'offset' | 'length'>) => string;
