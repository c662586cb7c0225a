using ModelTools.PowerShell.Tests.Support;

namespace ModelTools.PowerShell.Tests.Module;

/// <summary>The function that answers the Tab key is PowerShell's again after the module, and one of the user's is never touched.</summary>
public sealed class CompletionFunctionTests
{
    private const string Definition = "\"${function:global:TabExpansion2}\"";

    [Fact]
    public void The_function_comes_and_goes_with_the_module()
    {
        using var session = new ModuleSession(import: false);
        var before = Text(session);
        for (var round = 0; round < 2; round++)
        {
            session.Invoke("param($manifest) Import-Module $manifest -Global", ModuleSession.Manifest);
            Assert.NotEqual(before, Text(session));
            Assert.Equal("Dense", session.Invoke("(TabExpansion2 'New-Model { dens' 16).CompletionMatches.CompletionText").Single().ToString());
            session.Invoke("Remove-Module ModelTools");
            Assert.Equal(before, Text(session));
        }
    }

    [Fact]
    public void A_function_of_the_user_stays()
    {
        using var session = new ModuleSession(import: false);
        session.Invoke("function global:TabExpansion2 { 'mine' }");
        session.Invoke("param($manifest) Import-Module $manifest -Global", ModuleSession.Manifest);
        Assert.Equal(" 'mine' ", Text(session));
        session.Invoke("Remove-Module ModelTools");
        Assert.Equal(" 'mine' ", Text(session));
    }

    [Fact]
    public void One_that_is_made_after_the_import_stays_too()
    {
        using var session = new ModuleSession();
        session.Invoke("function global:TabExpansion2 { 'later' }; Remove-Module ModelTools");
        Assert.Equal(" 'later' ", Text(session));
    }

    private static string Text(ModuleSession session) => session.Invoke(Definition).Single().ToString();
}
