using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsCommon.Add, "Member", DefaultParameterSetName = "NoteProperty")]
internal sealed class AddMemberCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Member")]
    [ValidateSet("NoteProperty", "ScriptProperty", "ScriptMethod")]
    public string MemberType { get; set; } = "NoteProperty";

    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Member")]
    public string Name { get; set; } = "";

    [Parameter(Position = 2, ParameterSetName = "Member")]
    public object? Value { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "NoteProperty")]
    public string NotePropertyName { get; set; } = "";

    [Parameter(Position = 1, ParameterSetName = "NoteProperty")]
    public object? NotePropertyValue { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        PSMemberInfo member = ParameterSetName == "NoteProperty" ? new PSNoteProperty(NotePropertyName, NotePropertyValue) : MemberType switch
        {
            "ScriptProperty" => new PSScriptProperty(Name, LanguagePrimitives.ConvertTo<ScriptBlock>(Value)),
            "ScriptMethod" => new PSScriptMethod(Name, LanguagePrimitives.ConvertTo<ScriptBlock>(Value)),
            _ => new PSNoteProperty(Name, Value),
        };
        if (Force)
        {
            InputObject.Members.Remove(member.Name);
        }

        InputObject.Members.Add(member);
        if (PassThru)
        {
            WriteObject(InputObject);
        }
    }
}
