using System.Management.Automation;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace ModelTools.Host.Commands;

/// <summary><c>Format-Table</c> of the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
internal sealed class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand() => EngineInternals.AttachFormatter(this, "Table");
}

/// <summary><c>Format-List</c> of the engine's own formatter.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
internal sealed class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand() => EngineInternals.AttachFormatter(this, "List");
}
