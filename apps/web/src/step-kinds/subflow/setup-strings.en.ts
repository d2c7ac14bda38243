export default {
  flow: 'Flow',
  choose: 'Choose a flow',
  gone: 'This flow does not exist any more',
  none: 'No flow here can be called yet. Make one that starts with “Run by hand”: what is entered there is what you give it.',
  version: 'Version {{number}} runs',
  unpublished: 'Not published yet',
  off: 'Switched off',
  open: 'Open the called flow',
  pins: 'A test run calls its draft. Publishing this flow settles on the version that runs at that moment.',
  pinned: 'Calls version {{number}}. Publish this flow again to call a newer one.',
};
