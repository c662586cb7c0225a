using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace ModelTools.Host.Commands;

/// <summary><c>Format-Table</c> of the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    /// <summary>Makes the command.</summary>
    public FormatTableCommand() => EngineInternals.AttachFormatter(this, "Table");
}

/// <summary><c>Format-List</c> of the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    /// <summary>Makes the command.</summary>
    public FormatListCommand() => EngineInternals.AttachFormatter(this, "List");
}
