using ModelTools.Host;

var invocation = CommandLine.Parse(args);
switch (invocation.Kind)
{
    case InvocationKind.Help:
        Console.Out.WriteLine(CommandLine.Help);
        return ExitCodes.Success;
    case InvocationKind.Version:
        Console.Out.WriteLine(CommandLine.Version);
        return ExitCodes.Success;
    case InvocationKind.Invalid:
        Console.Error.WriteLine(invocation.Text);
        Console.Error.WriteLine("Try 'modeltools --help'.");
        return ExitCodes.Usage;
    default:
        return Session.Run(invocation);
}
