export default {
  lost: {
    title: 'No connection',
    detail: 'The server did not answer. Check your network; Weft keeps trying.',
  },
  status: {
    401: 'Sign in to go on.',
    403: 'You are not allowed to do this. Ask an owner of the workspace.',
    404: 'This does not exist any more, or belongs to another workspace.',
    413: 'This is larger than the server accepts.',
    429: 'Too many tries in a short time. Wait a minute and try again.',
    500: 'Something went wrong on the server. Try again; if it happens again, look into the server’s log.',
    502: 'The server is starting. Try again in a moment.',
    503: 'The server is starting. Try again in a moment.',
    504: 'The server did not answer in time. Try again.',
    other: 'The server answered with the unexpected status {{status}}. Try again.',
  },
};
