using ModelTools.Host;
using ModelTools.Host.Terminal;

return Application.Run(args, TerminalInterface.OfProcess());
