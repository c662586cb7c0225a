using ModelTools.Layers;
using ModelTools.Models;
using ModelTools.MSBuild.Tests.Support;
using ModelTools.Packaging;
using ModelTools.Validation;

namespace ModelTools.MSBuild.Tests;

/// <summary>The generated class compiles where warnings are errors, and a program finds its model through it.</summary>
[Collection(Builds.Name)]
public class GeneratedClassTests(PackageFeed feed)
{
    [Fact]
    public void A_program_uses_the_names_and_the_path()
    {
        var project = new TestProject(feed, "program").Write(
            """<ModelFile Include="models/net.h5" GenerateClass="Acme.Models.Net" ClassAccess="public" />""",
            "<OutputType>Exe</OutputType><TreatWarningsAsErrors>true</TreatWarningsAsErrors><AnalysisLevel>latest-recommended</AnalysisLevel><GenerateDocumentationFile>true</GenerateDocumentationFile><LangVersion>7.3</LangVersion><Nullable>disable</Nullable><NoWarn>$(NoWarn);CS1591</NoWarn>").Add("valid.h5");
        File.WriteAllText(project["Program.cs"], """
            using System;
            using System.IO;
            using Acme.Models;

            internal static class Program
            {
                private static void Main()
                {
                    Console.WriteLine(new FileInfo(Net.FullPath).Length == Net.Bytes);
                    Console.WriteLine(Net.ModelPath + " " + Net.Digest);
                    Console.WriteLine(Net.Inputs.X.Name + " " + Net.Inputs.X.DType + " " + string.Join(",", Net.Inputs.X.Shape) + " " + Net.Inputs.X.ElementType);
                    Console.WriteLine(Net.Outputs.Count + " " + Net.Outputs.B.Name + " " + Net.Weights.AKernel + " " + Net.Layers.A);
                }
            }
            """);
        project.Build().Succeeds();
        var (exitCode, output) = project.Start();
        Assert.True(exitCode == 0, output);
        var digest = ModelContract.Of(project["models/net.h5"]).Digest;
        Assert.Equal(["True", $"models/net.h5 {digest}", "x float32 -1,3 System.Single", "1 b a/kernel a"], output.ReplaceLineEndings("\n").Trim().Split('\n'));

        // Nullable contexts, the newest language and small letters give no warning either.
        project.Write("""<ModelFile Include="models/net.h5" GenerateClass="Acme.Models.Net" /><ModelFile Include="models/net.h5" GenerateClass="net" />""", "<OutputType>Exe</OutputType><TreatWarningsAsErrors>true</TreatWarningsAsErrors><LangVersion>latest</LangVersion>");
        project.Rebuild().Succeeds();
    }

    [Fact]
    public void Names_of_any_kind_give_a_class_that_compiles_without_a_warning()
    {
        string[] names =
        [
            "name", "index", "shape", "rank", "d_type", "element_type", "count", "equals", "get_hash_code", "to_string", "get_type", "memberwise_clone", "reference_equals", "finalize",
            "inputs", "layers", "class", "@x", "1", "", "*/ x", "a\nb", "#error a", "\u2028#error b", "\u0085#error c", "</summary><b>", "a&b", "\" + x + \"", "{0}", "\\u0022", "$(X)", "%3B", "\ud800", "\u202e", "\u001b[2J",
        ];
        var inputs = names.Select((name, place) => Model.Input([-1, 4], name: name.Length > 0 ? name : $"_{place}")).ToArray();
        var model = Model.Functional(inputs, [.. inputs.Select((input, place) => new ModelLayer(new Dense(2) { Name = names[place] + "/" }).Apply([input])[0])], "*/ \n#error");
        model.Initialize(seed: 1);
        var project = new TestProject(feed, "hostile").Write("", "<TreatWarningsAsErrors>true</TreatWarningsAsErrors><GenerateDocumentationFile>true</GenerateDocumentationFile><Nullable>enable</Nullable>");
        File.WriteAllText(project["Hostile.cs"], ModelClass.Generate(ModelContract.Of(model), new GeneratedClassOptions { FullName = "Acme.Weights", ModelPath = "models/a */ \" \n#error.h5", IsPublic = true }));

        project.Build().Succeeds();
    }

    [Fact]
    public void A_name_that_is_none_fails_the_build_with_advice()
    {
        var project = new TestProject(feed, "badname").Write("""<ModelFile Include="models/net.h5" GenerateClass="Acme.1Net" />""").Add("valid.h5");
        Assert.Equal(["MT6004"], project.Build().Fails().Errors);
    }
}
