import { normalizeName } from "../requirements/name.ts";

/** Well-known distributions whose modules have other names, by module. */
const KNOWN = new Map(
  Object.entries({
    attr: "attrs",
    bs4: "beautifulsoup4",
    cv2: "opencv-python",
    dateutil: "python-dateutil",
    docx: "python-docx",
    dotenv: "python-dotenv",
    fitz: "pymupdf",
    git: "gitpython",
    grpc: "grpcio",
    jose: "python-jose",
    jwt: "pyjwt",
    magic: "python-magic",
    markdown_it: "markdown-it-py",
    multipart: "python-multipart",
    OpenSSL: "pyopenssl",
    PIL: "pillow",
    pkg_resources: "setuptools",
    psycopg2: "psycopg2-binary",
    pythonjsonlogger: "python-json-logger",
    serial: "pyserial",
    skimage: "scikit-image",
    sklearn: "scikit-learn",
    socketio: "python-socketio",
    telegram: "python-telegram-bot",
    usb: "pyusb",
    whisper: "openai-whisper",
    yaml: "pyyaml",
    zmq: "pyzmq",
  }),
);

/** The normalised names that a distribution with this top-level module may have. */
export function distributionsOf(module: string): string[] {
  const known = KNOWN.get(module);
  return known === undefined ? [normalizeName(module)] : [normalizeName(module), known];
}
