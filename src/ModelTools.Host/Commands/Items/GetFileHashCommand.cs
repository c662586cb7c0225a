using System.Management.Automation;
using System.Security.Cryptography;

namespace ModelTools.Host.Commands;

[Cmdlet(VerbsCommon.Get, "FileHash", DefaultParameterSetName = PathSet)]
internal sealed class GetFileHashCommand : ItemCommand
{
    [Parameter]
    [ValidateSet("SHA1", "SHA256", "SHA384", "SHA512", "MD5")]
    public string Algorithm { get; set; } = "SHA256";

    protected override void ProcessRecord() => ForEachPath(path =>
    {
        foreach (var file in Files(path))
        {
            using var stream = File.OpenRead(file);
            var hash = new PSObject();
            hash.TypeNames.Insert(0, "Microsoft.Powershell.Utility.FileHash");
            hash.Properties.Add(new PSNoteProperty("Algorithm", Algorithm.ToUpperInvariant()));
            hash.Properties.Add(new PSNoteProperty("Hash", Convert.ToHexString(CryptographicOperations.HashData(new HashAlgorithmName(Algorithm.ToUpperInvariant()), stream))));
            hash.Properties.Add(new PSNoteProperty("Path", file));
            WriteObject(hash);
        }
    });
}
