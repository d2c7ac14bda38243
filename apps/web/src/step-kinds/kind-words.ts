/** The words that every kind has in each language; those of its summary stand beside them. */
export interface KindWords extends Record<string, unknown> {
  kind: {
    /** Said before the title of a step on the canvas. */
    name: string;
    /** Under the title in the inspector, where no connector's operation stands there. */
    line: string;
  };
  /** Of a kind that the palette offers. */
  palette?: {
    title: string;
    description: string;
    /** Further words that find it. */
    keywords: string;
  };
}
