using ModelTools.PowerShell.Tests.Support;

namespace ModelTools.PowerShell.Tests.Pester;

/// <summary>The drive <c>TestDrive:</c> and the variable <c>$TestDrive</c>; each block finds it as the block around left it.</summary>
internal sealed class TestDrive : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("modeltools-drive-").FullName;
    private readonly Stack<HashSet<string>> _present = new();

    public TestDrive(ModuleSession session) => session.Invoke(
        """
        param($folder)
        $null = $ExecutionContext.SessionState.Drive.New([System.Management.Automation.PSDriveInfo]::new(
            'TestDrive', $ExecutionContext.SessionState.Provider.GetOne('FileSystem'), $folder, '', $null), 'Global')
        $global:TestDrive = $folder
        """,
        _folder);

    public void Enter() => _present.Push([.. Entries()]);

    public void Leave()
    {
        var before = _present.Pop();
        foreach (var entry in Entries().Where(entry => !before.Contains(entry)))
        {
            if (Directory.Exists(entry))
            {
                Directory.Delete(entry, recursive: true);
            }
            else if (File.Exists(entry))
            {
                File.Delete(entry);
            }
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string[] Entries() => Directory.GetFileSystemEntries(_folder, "*", SearchOption.AllDirectories);
}
