/** What browsers and Node both have. Everything else this room does without. */
declare class TextEncoder {
    encode(text: string): Uint8Array;
}
declare class TextDecoder {
    constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
    decode(bytes: Uint8Array): string;
}
declare function atob(base64: string): string;
declare function btoa(binary: string): string;
