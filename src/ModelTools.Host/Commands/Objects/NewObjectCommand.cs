using System.Collections;
using System.Management.Automation;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsCommon.New, "Object")]
internal sealed class NewObjectCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string TypeName { get; set; } = "";

    [Parameter(Position = 1)]
    [Alias("Args")]
    public object[] ArgumentList { get; set; } = [];

    [Parameter]
    public IDictionary? Property { get; set; }

    protected override void EndProcessing()
    {
        var type = LanguagePrimitives.ConvertTo<Type>(TypeName);
        var plain = type == typeof(PSObject) || type == typeof(PSCustomObject);
        var created = plain ? new PSObject() : PSObject.AsPSObject(Create(type));
        foreach (DictionaryEntry entry in Property ?? new Hashtable())
        {
            var name = entry.Key.ToString()!;
            if (plain)
            {
                created.Properties.Add(new PSNoteProperty(name, entry.Value));
            }
            else
            {
                created.Properties[name].Value = entry.Value;
            }
        }

        WriteObject(created);
    }

    /// <summary>Lets PowerShell choose the constructor and convert the arguments.</summary>
    private object Create(Type type) => ArgumentList.Length == 0
        ? Activator.CreateInstance(type)!
        : InvokeCommand.NewScriptBlock("$args[0]::new.Invoke($args[1])").InvokeReturnAsIs(type, ArgumentList);
}
