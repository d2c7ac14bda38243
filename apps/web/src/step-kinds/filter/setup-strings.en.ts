export default {
  title: 'Go on only when',
  text: 'When this is not true, the run ends here (inside a loop: this item), without an error.',
};
