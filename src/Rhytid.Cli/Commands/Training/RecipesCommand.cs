using System.CommandLine;
using Rhytid.Cli.Terminal;
using Rhytid.Training.Recipes;
using Spectre.Console;

namespace Rhytid.Cli.Commands.Training;

/// <summary><c>rhytid recipes</c>: how the networks of the publications are trained.</summary>
internal static class RecipesCommand
{
    public static Command Create(string name) =>
        new(name, "Lists the recipes by which networks are trained; shows one.") { List(), Show() };

    private static Command List()
    {
        var command = new Command("list", "Lists the recipes that come with Rhytid.");
        command.SetAction(_ =>
        {
            var table = new Table { Border = TableBorder.Rounded }.AddColumn(new TableColumn("recipe").NoWrap())
                .AddColumn("what");
            foreach (var recipe in RecipeBook.Names.Select(name => RecipeBook.Load(name)))
                table.AddRow(Markup.Escape(recipe.Name), Markup.Escape(recipe.Title));
            Messages.WriteWithin(table);
            Console.WriteLine("rhytid recipes show RECIPE prints its keys and where they are from");
            return ExitCodes.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var name = new Argument<string>("RECIPE") { Description = "A recipe's name, or a YAML file." };
        var command = new Command(
            "show", "Prints a recipe's YAML, to be copied and edited; tells what is wrong with one of yours.") { name };
        command.SetAction(parsed =>
        {
            var recipe = parsed.GetValue(name)!;
            _ = RecipeBook.Load(recipe);
            Console.Write(RecipeBook.Text(recipe));
            return ExitCodes.Done;
        });
        return command;
    }
}
