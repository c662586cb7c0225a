using ModelTools.Formats;
using ModelTools.MSBuild.Tests.Support;
using ModelTools.Validation;

namespace ModelTools.MSBuild.Tests;

/// <summary>What is written wrongly in a project file, or wanted twice, is said and not passed over.</summary>
[Collection(Builds.Name)]
public class SettingTests(PackageFeed feed)
{
    [Theory]
    [InlineData("CopyToOutputDirectory=\"PreserveNewst\"", "Use PreserveNewest, IfDifferent, Always or Never.")]
    [InlineData("Pack=\"yes\"", "Use true or false.")]
    [InlineData("GenerateClass=\"Net\" ClassAccess=\"open\"", "Use internal or public.")]
    [InlineData("ExportAs=\"Keras\" ExportName=\"../net\"", "'../net' is not understood as ExportName")]
    [InlineData("ExportAs=\"SavedModel\" ServingVersion=\"v1\"", "'v1' is not understood as ServingVersion")]
    public void A_value_that_is_none_fails_the_build(string settings, string text)
    {
        var project = Project("settings", $"""<ModelFile Include="models/net.h5" {settings} />""");
        var error = Assert.Single(project.Build().Fails().AllErrors);
        Assert.Equal("MT6004", error.Code);
        Assert.Contains(text, error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_misspelled_name_is_a_warning_and_a_name_of_the_projects_own_is_not()
    {
        var project = Project("names", """<ModelFile Include="models/net.h5" ExportsAs="Keras" Owner="me" Visible="false" />""");
        var warning = Assert.Single(project.Build().Succeeds().AllWarnings);
        Assert.Equal(("MT6004", "'ExportsAs' is no setting of a model and does nothing; ExportAs is one."), (warning.Code, warning.Text));
        Assert.Empty(project.Rebuild("-p:NoWarn=MT6004").Succeeds().Warnings);
    }

    [Theory]
    [InlineData("""<ModelFile Include="../a/net.h5;../b/net.h5" />""", "Two models would become 'net.h5'. Give one of them another Link.")]
    [InlineData("""<ModelFile Include="models/net.h5" CopyToOutputDirectory="Always" /><ModelFile Include="models/net.keras" ExportAs="H5" />""", "Two models would become 'models/net.h5'. Give one of them another ExportName or Link.")]
    [InlineData("""<ModelFile Include="models/net.h5;models/net.keras" GenerateClass="Acme.Net" />""", "Two models would become 'Acme.Net'. Give one of them another GenerateClass.")]
    public void Two_models_in_one_place_fail_the_build(string items, string text)
    {
        var project = Project("places", items).Add("valid.h5", "../a/net.h5").Add("valid.h5", "../b/net.h5");
        ModelConversion.Convert(project["models/net.h5"], project["models/net.keras"], writeOptions: new ModelWriteOptions { Force = true });
        var error = Assert.Single(project.Build().Fails().AllErrors);
        Assert.Equal(("MT6004", text), (error.Code, error.Text));
    }

    [Fact]
    public void A_model_that_is_listed_for_several_purposes_is_checked_and_told_of_once()
    {
        var project = Project("purposes", """
            <ModelFile Include="models/net.h5" />
            <ModelFile Include="models/net.h5" Lock="models/net.lock.json" />
            <ModelFile Include="models/net.h5" ExportAs="SavedModel" />
            <ModelFile Include="models/net.h5" ExportAs="SavedModel" GenerateClass="Acme.Net" />
            """);
        var missing = Assert.Single(project.Build().Fails().AllErrors);
        Assert.Equal("MT6001", missing.Code);
        Assert.EndsWith("dotnet build -t:UpdateModelLock.", missing.Text, StringComparison.Ordinal);

        project.Rebuild("-t:UpdateModelLock").Succeeds();
        Assert.False(File.Exists(project["models.lock.json"]));
        Assert.Single(project.Rebuild().Succeeds().TaskMessages, text => text.EndsWith("net.h5 is valid.", StringComparison.Ordinal));

        // The file in the error is the model, not the conversion that did not come to be.
        project.Add("unknown_class.h5").Rebuild("-t:UpdateModelLock").Succeeds();
        var result = project.Rebuild().Fails();
        Assert.Equal("MT3021", Assert.Single(result.AllWarnings).Code);
        var error = Assert.Single(result.AllErrors);
        Assert.Equal("MT4001", error.Code);
        Assert.EndsWith("models/net.h5", error.File, StringComparison.Ordinal);
    }

    [Fact]
    public void The_projects_lock_is_for_models_without_one_of_their_own()
    {
        var project = Project("locks", """<ModelFile Include="models/*.h5" /><ModelFile Include="models/net.h5" Lock="net.lock.json" />""").Add("valid.h5", "models/other.h5");
        project.Build("-t:UpdateModelLock").Succeeds();
        Assert.Equal("models/other.h5", Assert.Single(ModelLock.Read(project["models.lock.json"]).Models).Path);
        Assert.Equal("models/net.h5", Assert.Single(ModelLock.Read(project["net.lock.json"]).Models).Path);
        project.Rebuild().Succeeds();
        project.Rebuild("-t:UpdateModelLock").Succeeds();
        Assert.Single(ModelLock.Read(project["models.lock.json"]).Models);

        // Each is held against its own.
        foreach (var name in new[] { "net", "other" })
        {
            project.Add("nan_weights.h5", $"models/{name}.h5");
            var result = project.Rebuild("-p:NoWarn=MT3010").Fails();
            Assert.Contains(result.AllErrors, error => error.Code == "MT3009" && error.File.EndsWith($"{name}.h5", StringComparison.Ordinal));
            project.Add("valid.h5", $"models/{name}.h5");
        }
    }

    private TestProject Project(string name, string items) => new TestProject(feed, name).Write(items).Add("valid.h5");
}
