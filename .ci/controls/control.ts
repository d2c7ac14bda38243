/** One defence in the source, and the tests that notice when it is gone. */
export interface Control {
  /** What it does, as the end of “what holds is that …”. */
  holds: string;
  /** From the root of the repository. */
  file: string;
  /** Text that stands in the file exactly once: the defence. */
  off: string;
  /** What stands there when it is switched off. It compiles as far as Node needs: types are not looked at. */
  instead: string;
  /** Test files from the root of the repository. One test of them at least turns red. */
  tests: readonly string[];
}

/** One way of attacking, with all that stands in its way. */
export interface Attack {
  /** 1 to 26: the corpus that every change is held to. A1 to A31: what was found by trying. */
  id: string;
  tried: string;
  controls: readonly Control[];
  /** Why nothing is there to be switched off, where nothing is. */
  none?: string;
}
