# One worker, whose objects keep their storage in memory. The socket's address is given on the command line.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "chat", worker = .chat)],
  sockets = [(name = "http", http = (), service = "chat")],
);

const chat :Workerd.Worker = (
  modules = [(name = "worker.mjs", esModule = embed "worker.mjs")],
  compatibilityDate = "2025-09-01",
  durableObjectNamespaces = [(className = "Chat", uniqueKey = "chat")],
  durableObjectStorage = (inMemory = void),
  bindings = [(name = "CHAT", durableObjectNamespace = "Chat")],
);
