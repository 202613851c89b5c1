// Loaded into Node programs by NODE_OPTIONS: TLS connections to the API's host go to the local gateway instead, because most HTTP
// libraries of Node read no proxy variable. Every other host is left alone; so is HTTP/2, which the gateway does not speak.
"use strict";
const tls = require("tls");
const [host, port, folder] = (process.env.KREA_CLIENT_GATEWAY || "").split("|");
const connect = tls.connect;
let authority;

// The certificates that a program trusts instead of the usual ones, and the gateway's.
function trusted(options) {
  if (!options.ca) return {};
  authority ??= require("fs").readFileSync(require("path").join(folder, "authority.pem"));
  return { ca: [].concat(options.ca, authority) };
}

function leads(options) {
  const protocols = options.ALPNProtocols;
  const http2 = Array.isArray(protocols) && protocols.length > 0 && !protocols.includes("http/1.1");
  return options.host === host && Number(options.port || 443) === 443 && !options.socket && !options.path && !http2;
}

if (host) {
  tls.connect = function (...args) {
    // The documented forms: (options), (port), (port, host), (port, host, options), each with a callback at the end.
    const options = args.find((argument) => argument !== null && typeof argument === "object") || {};
    const whole = { ...options };
    if (typeof args[0] === "number") whole.port = args[0];
    if (typeof args[1] === "string") whole.host = args[1];
    if (!leads(whole)) return connect.apply(this, args);
    const callback = args.find((argument) => typeof argument === "function");
    return connect.call(this, { ...whole, ...trusted(whole), host: "127.0.0.1", port: Number(port), servername: whole.servername || host, lookup: undefined }, callback);
  };
}
