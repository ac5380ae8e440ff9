using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Marketing;

return await ServiceRunner.Run("Marketing", () => MarketingService.Build(args));
